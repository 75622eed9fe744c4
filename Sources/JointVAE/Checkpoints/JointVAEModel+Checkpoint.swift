import JointVAEFiles
import JointVAEKernels

extension JointVAEModel {
  /// The model in a safetensors file, or in a state dictionary of PyTorch, with the reference's tensor names and layouts.
  ///
  /// Latents and widths are read off the tensors' shapes, the image's shape and the activation off the file's metadata;
  /// where a file has none, images are squares that halve to the features without a rest, and the activation is ReLU.
  /// - Throws: `FileError` when the file cannot be read, is damaged or holds a network that cannot be computed; `TensorMismatch` with every tensor that is
  ///   missing, not expected or of another shape.
  public init(contentsOf path: String) throws {
    try self.init(CheckpointFile(contentsOf: path), named: path)
  }

  /// The model in a checkpoint.
  /// - Parameters:
  ///   - file: the checkpoint.
  ///   - path: what errors call it.
  /// - Throws: as `init(contentsOf:)`.
  public init(_ file: CheckpointFile, named path: String) throws {
    let isOwn = Self.wrote(file)
    try self.init(
      tensors: file.tensors, imageShape: Self.imageShape(file.metadata, isOwn, named: path),
      activation: Self.activation(file.metadata, named: path),
      temperature: Self.temperature(file.metadata, isOwn, named: path) ?? 0.67,
      learnedLoss: Self.learnedLoss(file.metadata, isOwn, named: path), named: path)
  }

  /// A model from tensors as `tensors` gives them.
  ///
  /// - Parameters:
  ///   - tensors: all weights and biases under the reference's names.
  ///   - imageShape: the shape of the images; nil for squares that halve to the features without a rest.
  ///   - activation: what happens to the outputs of its layers, which no tensor tells.
  ///   - temperature: the temperature T of the samples it was trained with.
  ///   - learnedLoss: what the adaptive loss learned with them.
  ///   - name: what errors call their origin, such as the file's path.
  /// - Throws: as `init(contentsOf:)`.
  public init(
    tensors: [NamedTensor], imageShape: ImageShape? = nil,
    activation: HiddenActivation = .rectified, temperature: Double = 0.67,
    learnedLoss: RobustLoss? = nil, named name: String
  ) throws {
    let network = try NetworkDescription(
      recognizing: tensors, ofImages: imageShape, activation: activation, named: name)
    let weights = Weights(NetworkLayout(network), forTraining: false)
    try weights.loadChecked(tensors, named: name)
    self.init(
      owning: weights, temperature: temperature, instructionSet: .fastest, learnedLoss: learnedLoss)
  }

  /// Writes the model, whole or not at all.
  ///
  /// - Parameters:
  ///   - path: the file to write.
  ///   - format: nil for the format that the path's name ends in: `.pt` for PyTorch's, else safetensors.
  ///   - precision: of safetensors; a state dictionary keeps all bits.
  ///   - notes: text by key for the metadata of safetensors, besides the model's own.
  /// - Throws: `FileError`.
  public func save(
    to path: String, as format: CheckpointFormat? = nil, precision: FloatPrecision = .single,
    notes: [String: String] = [:]
  ) throws {
    let format = format ?? CheckpointFormat(path: path)
    var metadata = metadata(adding: notes)
    if format == .pyTorch {
      // What PyTorch's own files lack is written only where the tensors do not tell it.
      let told = try? NetworkDescription(recognizing: tensors, named: path).imageShape
      let untold = (told == imageShape ? [] : [Self.imageKey]) + [Self.activationKey]
      metadata = metadata.filter { untold.contains($0.key) }
    }
    try CheckpointFile(format: format, tensors: tensors, metadata: metadata)
      .write(to: path, precision: precision)
  }

  /// What a file of this model says of it besides its tensors: text by key.
  /// - Parameter notes: text to add, but for keys of the model's own.
  package func metadata(adding notes: [String: String] = [:]) -> [String: String] {
    var metadata = notes.filter { !Self.metadataKeys.contains($0.key) }
    metadata[Self.formatKey] = Self.format
    metadata[Self.imageKey] = imageShape.description
    metadata["latents"] = latents.description
    metadata[Self.temperatureKey] = "\(temperature)"
    if network.widths.activation != .rectified {
      metadata[Self.activationKey] = network.widths.activation.rawValue
    }
    if let learnedLoss {
      metadata[Self.alphaKey] = "\(learnedLoss.alpha)"
      metadata[Self.scaleKey] = "\(learnedLoss.scale)"
    }
    return metadata
  }

  /// The metadata keys that a model writes itself; notes under these keys are not written.
  public static let metadataKeys: Set<String> = [
    formatKey, imageKey, "latents", temperatureKey, activationKey, alphaKey, scaleKey,
  ]

  /// Whether this package wrote a file. Another program may mean something else by the keys of its metadata, so that a text
  /// that makes no sense here is damage only in files of this package.
  package static func wrote(_ file: CheckpointFile) -> Bool {
    file.format == .pyTorch || file.metadata[formatKey] == format
  }

  private static let formatKey = "format"
  private static let format = "jointvae"
  private static let temperatureKey = "temperature"

  private static func temperature(
    _ metadata: [String: String], _ isOwn: Bool, named name: String
  ) throws -> Double? {
    guard let text = metadata[temperatureKey] else { return nil }
    if let temperature = Double(text), temperature.isFinite, temperature > 0 { return temperature }
    guard isOwn else { return nil }
    throw FileError(name, "says its temperature is \(text.quoted); expected a number above 0")
  }

  private static let imageKey = "image"

  private static func imageShape(
    _ metadata: [String: String], _ isOwn: Bool, named name: String
  ) throws -> ImageShape? {
    guard let text = metadata[imageKey] else { return nil }
    guard let shape = ImageShape(text: text) else {
      // What begins with a digit, such as 28x28, may well be meant as a shape; a wrong guess would be another network.
      guard isOwn || text.first?.isNumber == true else { return nil }
      throw FileError(
        name,
        "says its images are \(text.quoted); expected height, width and channels such as 32x32x1")
    }
    return shape
  }

  private static let activationKey = "activation"

  private static func activation(
    _ metadata: [String: String], named name: String
  ) throws -> HiddenActivation {
    guard let text = metadata[activationKey] else { return .rectified }
    guard let activation = HiddenActivation(rawValue: text) else {
      // Also in files of other programs: with another activation the weights would be another model.
      let known = HiddenActivation.allCases.map(\.rawValue).joined(separator: " or ")
      throw FileError(name, "says its activation is \(text.quoted); expected \(known)")
    }
    return activation
  }

  private static let alphaKey = "learned_alpha"
  private static let scaleKey = "learned_scale"

  private static func learnedLoss(
    _ metadata: [String: String], _ isOwn: Bool, named name: String
  ) throws -> RobustLoss? {
    let texts = (metadata[alphaKey], metadata[scaleKey])
    if texts == (nil, nil) { return nil }
    do {
      return try learnedLoss(alpha: texts.0, scale: texts.1, named: name)
    } catch {
      guard isOwn else { return nil }
      throw error
    }
  }

  private static func learnedLoss(
    alpha: String?, scale: String?, named name: String
  ) throws -> RobustLoss {
    let texts = (alpha, scale)
    guard let alpha = texts.0.flatMap(Double.init), let scale = texts.1.flatMap(Double.init) else {
      throw FileError(
        name,
        "says \(alphaKey) \(texts.0 ?? "nothing") and \(scaleKey) \(texts.1 ?? "nothing"); "
          + "expected two numbers")
    }
    let loss = RobustLoss(alpha: alpha, scale: scale)
    do {
      try ReconstructionLoss.robustLikelihood(loss).validate()
    } catch let error as ConfigurationError {
      throw FileError(name, "says of its learned loss: \(error)")
    }
    return loss
  }
}

extension Weights {
  /// Loads tensors after checking all names, shapes and types.
  /// - Throws: `TensorMismatch`, or `FileError` for a type other than float32 and float64, which is rounded, or a number
  ///   that is not finite.
  func loadChecked(
    _ tensors: [NamedTensor], named name: String, into buffer: FloatBuffer? = nil
  ) throws {
    try TensorMismatch.check(
      tensors,
      against: layout.parameters.map {
        TensorMismatch.Signature(name: $0.name, shape: $0.shape)
      }, path: name)
    for tensor in tensors {
      switch tensor.elements {
      case .float32, .float64: break
      case .int64, .uint8:
        throw FileError(name, "tensor \(tensor.name) is not of floating-point numbers")
      }
      guard tensor.floats.allSatisfy(\.isFinite) else {
        throw FileError(name, "tensor \(tensor.name) holds a value that is not finite")
      }
    }
    let floats = tensors.map { NamedTensor(name: $0.name, shape: $0.shape, floats: $0.floats) }
    load(Dictionary(floats.map { ($0.name, $0) }) { first, _ in first }, into: buffer)
  }
}
