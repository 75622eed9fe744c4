import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles

extension RunConfiguration {
  /// Bytes beyond which a config.json is none of ours.
  private static let sizeLimit = 1 << 20

  /// Reads a run's settings.
  /// - Throws: `FileError` naming the file and the key that is missing, of another type or out of range.
  public init(contentsOf path: String) throws {
    try self.init(json: BoundedFile.read(path, limit: Self.sizeLimit), named: path)
  }

  /// Reads settings that are in memory.
  /// - Parameter path: what errors call them.
  init(json: some Sequence<UInt8>, named path: String) throws {
    do {
      let document = try JSONDecoder().decode(Document.self, from: Data(json))
      guard document.format == Document.currentFormat else {
        throw FileError(
          path,
          "has format \(document.format); this program reads format \(Document.currentFormat)")
      }
      self = try document.configuration()
      try validate()
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    } catch let error as ConfigurationError {
      throw FileError(path, error.description)
    }
  }

  /// Writes the settings as JSON with sorted keys, one a line: the same settings give the same bytes.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write(to path: String) throws {
    try AtomicFile.write(json(), to: path)
  }

  /// The settings as JSON with sorted keys, one a line.
  func json() throws -> String { try JSONText.encode(Document(self)) }

  /// `config.json` as it is laid out.
  private struct Document: Codable {
    static let currentFormat = 1

    var format = currentFormat
    var versions = ["jointvae": PackageVersion.current]
    var images: ImagesDocument
    var recipe: String
    var imageShape: ImageShape
    var latents: LatentSpec
    var loss: String
    var reconstructionScale: ReconstructionScale
    var continuousCapacity: Capacity
    var discreteCapacity: Capacity
    var temperature: Double
    var optimizer: OptimizerDocument
    var learningRateDecay: Ramp?
    var batchSize: Int
    var pairing: Pairing?
    var epochs: Int?
    var steps: Int?
    var seed: UInt64
    var lanes: Int
    var logInterval: Int
    var checkpointInterval: Int

    init(_ run: RunConfiguration) {
      let training = run.training
      images = ImagesDocument(run.images)
      recipe = run.recipe
      imageShape = training.imageShape
      latents = training.latents
      loss = training.reconstructionLoss.text
      reconstructionScale = training.reconstructionScale
      continuousCapacity = training.continuousCapacity
      discreteCapacity = training.discreteCapacity
      temperature = training.temperature
      optimizer = OptimizerDocument(training.optimizer)
      learningRateDecay = training.learningRateDecay
      batchSize = training.batchSize
      pairing = training.pairing
      switch training.length {
      case .epochs(let count): epochs = count
      case .steps(let count): steps = count
      }
      seed = training.seed
      lanes = training.lanes
      logInterval = run.logInterval
      checkpointInterval = run.checkpointInterval
    }

    func configuration() throws -> RunConfiguration {
      var training = TrainingConfiguration(imageShape: imageShape, latents: latents)
      training.reconstructionLoss = try ReconstructionLoss(text: loss)
      training.reconstructionScale = reconstructionScale
      training.continuousCapacity = continuousCapacity
      training.discreteCapacity = discreteCapacity
      training.temperature = temperature
      training.optimizer = try optimizer.optimizer()
      training.learningRateDecay = learningRateDecay
      training.batchSize = batchSize
      training.pairing = pairing
      switch (epochs, steps) {
      case (let count?, nil): training.length = .epochs(count)
      case (nil, let count?): training.length = .steps(count)
      default:
        throw ConfigurationError(
          "length", epochs == nil ? "missing" : "given twice",
          expected: "either \"epochs\" or \"steps\"")
      }
      training.seed = seed
      training.lanes = lanes
      return RunConfiguration(
        training: training, images: try images.reference(), recipe: recipe,
        logInterval: logInterval,
        checkpointInterval: checkpointInterval)
    }
  }

  private struct ImagesDocument: Codable {
    var request: DataSetRequest
    var validation: String
    var count: Int
    var fingerprint: String

    init(_ reference: ImagesReference) {
      request = reference.request
      validation = reference.validation.description
      count = reference.count
      fingerprint = reference.fingerprint
    }

    func reference() throws -> ImagesReference {
      var reference = ImagesReference(
        request, validation: try ValidationShare(parsing: validation))
      reference.count = count
      reference.fingerprint = fingerprint
      return reference
    }
  }

  private struct OptimizerDocument: Codable {
    var name: String
    var learningRate: Double
    var beta1: Double?
    var beta2: Double?
    var epsilon: Double?
    var momentum: Double?

    init(_ optimizer: Optimizer) {
      learningRate = optimizer.learningRate
      switch optimizer {
      case .adam(_, let beta1, let beta2, let epsilon):
        name = "adam"
        (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
      case .sgd(_, let momentum):
        name = "sgd"
        self.momentum = momentum
      }
    }

    func optimizer() throws -> Optimizer {
      switch (name, beta1, beta2, epsilon, momentum) {
      case ("adam", let beta1?, let beta2?, let epsilon?, nil):
        return .adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
      case ("sgd", nil, nil, nil, let momentum?):
        return .sgd(learningRate: learningRate, momentum: momentum)
      default:
        throw ConfigurationError(
          "optimizer", name,
          expected: "adam with beta1, beta2 and epsilon, or sgd with momentum")
      }
    }
  }
}
