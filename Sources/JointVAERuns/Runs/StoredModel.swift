import Foundation
import JointVAE
import JointVAEFiles
import JointVAEModels
import JointVAEONNX

/// A model as a user names it: a run folder, a file of weights, or a model that the package brings.
public struct StoredModel: Sendable {
  /// As the user named it.
  public let path: String
  /// The file of the weights; the name of a model that the package brings.
  public let file: String
  /// The model.
  public let model: JointVAEModel
  /// The settings of the run it comes from, where a run or its converted file holds them.
  public let configuration: RunConfiguration?
  /// The summary of the run's last checkpoint, where a run or its converted file holds it.
  public let summary: RunSummary?
  /// The specs.json beside a lone file; nil for a run, and where there is none.
  public let reference: ReferenceSettings?
  /// Text by key that stands in a converted file besides, such as its scores.
  public let notes: [String: String]
  /// How the codes of images lie, as the run or the file says it.
  let posteriorText: String?

  /// Reads the model at `path`, or the one of that name that the package brings when nothing there is a model.
  /// - Throws: `FileError` when there is none, the folder is no run, the run has no checkpoint yet, a file is damaged, or
  ///   the specs.json beside a file is about another model; `TensorMismatch` for the weights of another network.
  public init(_ path: String) throws {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    let folder = RunFolder(path)
    if !(isThere && (folder.isRun || !isFolder.boolValue)),
      let model = PretrainedModel.named(path)
    {
      try self.init(model.checkpoint(), named: path, reference: { _ in nil })
      return
    }
    // A pair of ONNX files is known by the name that both share, too.
    let pair = ONNXPair.Paths(path).flatMap { PathKind.isFile($0.encoder) ? $0 : nil }
    guard isThere || pair != nil else {
      let names = PretrainedModel.allCases.map(\.name)
      let guess = NearestName.of(path, among: names).map { "; did you mean \($0)?" }
      throw FileError(
        path,
        "does not exist" + (guess.map { "\($0) Expected" } ?? "; expected")
          + " a run folder, a .safetensors, .pt or .onnx file, or one of the models "
          + "that jointvae brings: \(names.joined(separator: ", "))")
    }
    guard isFolder.boolValue else {
      try self.init(Self.checkpoint(at: path, isThere: isThere), named: path) {
        try Self.reference(beside: path, of: $0)
      }
      return
    }
    try self.init(run: folder, named: path)
  }

  /// The tensors and the words in a file, whatever its name.
  private static func checkpoint(at path: String, isThere: Bool) throws -> CheckpointFile {
    guard isThere else { return try ONNXPair.read(path) }
    let bytes = try BoundedFile.read(path, limit: Safetensors.sizeLimit)
    let format = FileFormat(bytes)
    if format == .onnx || format == nil && ONNXPair.Paths(path) != nil {
      return try ONNXPair.read(path)
    }
    return try CheckpointFile(bytes: bytes, named: path)
  }

  /// The model of a run.
  private init(run folder: RunFolder, named path: String) throws {
    guard folder.isRun else {
      throw FileError(path, "is no run (it has no config.json); expected a folder that train made")
    }
    self.path = path
    file = folder.model
    guard FileManager.default.fileExists(atPath: file) else {
      throw FileError(path, "has no model.safetensors yet; train writes it at its first checkpoint")
    }
    configuration = try RunConfiguration(contentsOf: folder.configuration)
    model = try JointVAEModel(contentsOf: file)
    summary =
      FileManager.default.fileExists(atPath: folder.summary)
      ? try RunSummary(contentsOf: folder.summary) : nil
    reference = nil
    notes = try Self.names(in: folder)
    posteriorText = try folder.posteriorText()
    try Self.checkNames(in: notes, of: model.latents, path: folder.names)
  }

  /// The model of a lone file, with the run's settings from its metadata.
  private init(
    _ checkpoint: CheckpointFile, named path: String,
    reference: (JointVAEModel) throws -> ReferenceSettings?
  ) throws {
    self.path = path
    file = path
    model = try JointVAEModel(checkpoint, named: path)
    let isOwn = JointVAEModel.wrote(checkpoint)
    configuration = try Self.value(of: Self.configurationKey, in: checkpoint, isOwn) {
      try RunConfiguration(json: $0.utf8, named: path)
    }
    summary = try Self.value(of: Self.summaryKey, in: checkpoint, isOwn) {
      try RunSummary(json: $0.utf8, named: path)
    }
    self.reference = try reference(model)
    notes = checkpoint.metadata.filter { !Self.ownKeys.contains($0.key) }
    posteriorText = checkpoint.metadata[AggregatePosterior.key]
    // A file of another program may mean something else by the keys.
    if configuration != nil {
      try Self.checkNames(in: notes, of: model.latents, path: path)
      try Self.checkGroups(in: notes, of: model.latents, path: path)
    }
  }

  /// What a text of a file's metadata says; nil where there is none, and where a file of another program means something
  /// else by the key.
  private static func value<Value>(
    of key: String, in file: CheckpointFile, _ isOwn: Bool, read: (String) throws -> Value
  ) throws -> Value? {
    guard let text = file.metadata[key] else { return nil }
    return isOwn ? try read(text) : try? read(text)
  }

  private static let configurationKey = "configuration"
  private static let summaryKey = "summary"
  /// What the model and its run say themselves.
  static let ownKeys: Set<String> =
    JointVAEModel.metadataKeys.union([configurationKey, summaryKey, AggregatePosterior.key])
    .union(Safetensors.checksumKeys)

  /// What a lone file of this model is to say of its run, without places on this machine, and the model's notes.
  func metadata() throws -> [String: String] {
    var metadata = notes
    metadata[AggregatePosterior.key] = posteriorText
    if var configuration {
      configuration.images = configuration.images.withoutPlaces
      metadata[Self.configurationKey] = try configuration.json()
    }
    if let summary { metadata[Self.summaryKey] = try summary.json() }
    return metadata
  }

  private static func reference(
    beside path: String, of model: JointVAEModel
  ) throws -> ReferenceSettings? {
    let specification = ReferenceSettings.path(beside: path)
    guard FileManager.default.fileExists(atPath: specification) else { return nil }
    let reference = try ReferenceSettings(contentsOf: specification)
    if let latents = reference.latents, latents != model.latents {
      throw FileError(
        specification,
        "says latents \(latents), and \(path) has \(model.latents); move one of the two elsewhere")
    }
    return reference
  }

  /// The error when the KLs of a model's latents are asked for and were never measured.
  public var unknownInformation: FileError {
    FileError(path, "does not hold the KL of its latents", remedy: .measure)
  }
}
