import JointVAEKernels

/// A JointVAE (Dupont 2018): an encoder from images to continuous and discrete latent variables, and a decoder back.
///
/// A value: copies share weights that never change. Any number of threads may use one at once.
///
/// ```swift
/// let model = try JointVAEModel(contentsOf: "runs/digits/model.safetensors")
/// let threes = try model.sample(8, fixing: [.category(3)])
/// ```
public struct JointVAEModel: Sendable {
  /// The temperature T of the samples it was trained with.
  public let temperature: Double
  /// alpha and c that the adaptive loss learned with it; nil where another loss was used, or the file does not name them.
  public let learnedLoss: RobustLoss?
  let weights: Weights
  /// For each dense layer its weights in 16 bits, where these hold them exactly.
  private let halves: [HalfWeights?]
  /// What its computations may use; see `using(_:)`.
  public let compute: Compute
  let instructionSet: InstructionSet
  private let engines: EngineCache
  /// Where the async forms compute.
  let queue: InferenceQueue

  /// A model with the initial weights of a seed.
  ///
  /// - Parameters:
  ///   - imageShape: the shape of its images.
  ///   - latents: its latent variables.
  ///   - widths: stages, channels and hidden units; nil for the paper's.
  ///   - temperature: the temperature T of its samples.
  ///   - seed: what the weights are drawn from.
  /// - Throws: `ConfigurationError` when no network exists for the shape, the latents or the widths.
  public init(
    imageShape: ImageShape, latents: LatentSpec, widths: NetworkWidths? = nil,
    temperature: Double = 0.67, seed: UInt64 = 1
  ) throws {
    let network = try NetworkDescription(imageShape: imageShape, latents: latents, widths: widths)
    let weights = Weights(NetworkLayout(network), forTraining: false)
    weights.initialize(seed: seed)
    self.init(owning: weights, temperature: temperature, instructionSet: .fastest)
  }

  /// Takes over weights that will not change.
  init(
    owning weights: Weights, temperature: Double, instructionSet: InstructionSet,
    learnedLoss: RobustLoss? = nil, compute: Compute = .automatic
  ) {
    self.weights = weights
    self.learnedLoss = learnedLoss
    self.temperature = temperature
    self.instructionSet = instructionSet
    self.compute = compute
    engines = EngineCache()
    halves = HalfWeights.all(of: weights)
    queue = Self.queue(weights, halves, temperature, instructionSet, compute)
    weights.pack(on: instructionSet, Workers(count: 1))
  }

  /// The same model, computed with other threads or instructions; results stay the same.
  public func using(_ compute: Compute) -> JointVAEModel {
    guard compute.instructions == instructionSet else {
      return JointVAEModel(
        copying: weights, temperature: temperature, instructionSet: compute.instructions,
        learnedLoss: learnedLoss, compute: compute)
    }
    return JointVAEModel(sharing: self, compute: compute)
  }

  private init(sharing other: JointVAEModel, compute: Compute) {
    weights = other.weights
    halves = other.halves
    learnedLoss = other.learnedLoss
    temperature = other.temperature
    instructionSet = other.instructionSet
    engines = other.engines
    self.compute = compute
    queue =
      compute == other.compute
      ? other.queue : Self.queue(weights, halves, temperature, instructionSet, compute)
  }

  private static func queue(
    _ weights: Weights, _ halves: [HalfWeights?], _ temperature: Double,
    _ instructions: InstructionSet, _ compute: Compute
  ) -> InferenceQueue {
    InferenceQueue { samples in
      let workers = compute.threadCount(parts: samples / Engine.sliceSize(weights.network))
      return Engine(
        weights: weights, samples: samples, temperature: Float(temperature),
        workers: Workers(count: workers), instructions: instructions, halves: halves)
    }
  }

  /// A snapshot of weights that may change later.
  init(
    copying weights: Weights, temperature: Double, instructionSet: InstructionSet,
    learnedLoss: RobustLoss?, compute: Compute
  ) {
    let copy = Weights(weights.network, forTraining: false, method: weights.method)
    copy.master.start.update(from: weights.master.start, count: weights.master.count)
    self.init(
      owning: copy, temperature: temperature, instructionSet: instructionSet,
      learnedLoss: learnedLoss, compute: compute)
  }

  /// The shape of its images.
  public var imageShape: ImageShape { weights.network.imageShape }

  /// Its latent variables.
  public var latents: LatentSpec { weights.network.latents }

  /// Its layers.
  public var network: NetworkDescription { weights.network.description }

  /// Numbers of all weights and biases.
  public var parameterCount: Int { network.parameterCount }

  /// Whether the weights of all its dense layers fit into 16 bits without rounding, so that calls for few images read half
  /// as much for them. It is so for the files that `convert --half` writes, and for the models of the package.
  public var readsHalfWeights: Bool { halves.allSatisfy { $0 != nil } }

  /// The same model with every weight and bias rounded to the nearest number of 16 bits (IEEE 754 binary16), as a file of
  /// half precision holds it.
  ///
  /// One image is then encoded and decoded sooner, as dense layers read half as much. docs/performance.md has how much sooner,
  /// and by how much the images differ.
  /// - Throws: `ModelError.range` for a weight beyond the largest number of 16 bits, 65,504.
  public func roundedToHalf() throws -> JointVAEModel {
    let copy = Weights(weights.network, forTraining: false, method: weights.method)
    for (place, weight) in weights.master.values.enumerated() {
      let rounded = Float(binary16: UInt16(binary16: weight))
      guard rounded.isFinite else { throw ModelError.range(weight: weight) }
      copy.master.start[place] = rounded
    }
    return JointVAEModel(
      owning: copy, temperature: temperature, instructionSet: instructionSet,
      learnedLoss: learnedLoss, compute: compute)
  }

  /// All weights and biases under the reference's names, in its order and layout.
  public var tensors: [NamedTensor] { weights.tensors() }

  /// `loss`, with what was learned with the model in place of `adaptive`.
  /// - Throws: `ConfigurationError` when that is not known.
  func resolved(_ loss: ReconstructionLoss) throws -> ReconstructionLoss {
    guard loss == .adaptive else { return loss }
    guard let learnedLoss else {
      throw ConfigurationError(
        "loss", "adaptive",
        expected: "a fixed one, such as robust-likelihood:1,0.1; "
          + "the model does not say which alpha and scale were learned with it")
    }
    return .robustLikelihood(learnedLoss)
  }

  /// Calls `body` with an engine for batches of up to `samples`, which no other call uses meanwhile.
  func withEngine<Result>(
    samples: Int, _ body: (Engine) throws -> Result
  ) rethrows -> Result {
    let workers = compute.threadCount(parts: samples / Engine.sliceSize(weights.network))
    func make(samples: Int) -> Engine {
      Engine(
        weights: weights, samples: samples, temperature: Float(temperature),
        workers: Workers(count: workers), instructions: instructionSet, halves: halves)
    }
    guard samples <= EngineCache.samples, workers == 1 else {
      return try body(make(samples: samples))
    }
    return try engines.borrow(orMake: { make(samples: EngineCache.samples) }, body)
  }

  /// Samples that pass the network at once: enough for all threads, few enough for their memory.
  static let batchSize = 256
}
