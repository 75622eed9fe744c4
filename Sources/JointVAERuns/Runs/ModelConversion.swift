import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEONNX

extension StoredModel {
  /// Writes the model with all that is known of it as a safetensors file.
  /// - Throws: `FileError` naming the file and the system's reason.
  package func save(to path: String) throws {
    try model.save(to: path, as: .safetensors, notes: metadata())
  }
}

/// A model's weights in files of another format: the same to the last bit, or rounded to 16 bits.
public struct ModelConversion: Sendable {
  private let stored: StoredModel
  private let target: String
  private let format: Format
  private let precision: FloatPrecision
  private let notes: [String: String]
  private let pythonModule: String?

  /// What is written.
  private enum Format: Sendable {
    case checkpoint(CheckpointFormat)
    case onnx(ONNXPair.Paths)

    init(_ path: String) {
      self = ONNXPair.Paths(path).map(Format.onnx) ?? .checkpoint(CheckpointFormat(path: path))
    }
  }

  /// Reads the model at `path`, to be written to `target`.
  ///
  /// - Parameters:
  ///   - path: a run folder, a safetensors file, a PyTorch state dictionary or a pair of ONNX files.
  ///   - target: a name that ends in .safetensors, .pt, .pth or .onnx. The last names a pair: see `ONNXPair.Paths`.
  ///   - replacing: whether files that stand there may go.
  ///   - precision: of the weights in safetensors.
  ///   - notes: text by key to add to what safetensors and ONNX say of the model.
  ///   - pythonModule: where to write a PyTorch module of the network, which loads the state dictionary; nil for nowhere.
  /// - Throws: `FileError` when `target` stands there and must stay, is the model itself or a
  ///   folder, or the model cannot be read; `TensorMismatch` for the weights of another network;
  ///   `ConfigurationError` for rounding or notes that `target` has no place for, and a note by a key
  ///   that the model itself has.
  public init(
    from path: String, to target: String, replacing: Bool = false,
    precision: FloatPrecision = .single, notes: [String: String] = [:],
    pythonModule: String? = nil
  ) throws {
    format = Format(target)
    try Self.requirePlace(for: precision, notes, in: format, named: target)
    if let key = notes.keys.sorted().first(where: StoredModel.ownKeys.contains) {
      throw ConfigurationError("note", key, expected: "a name that the model does not use itself")
    }
    let models =
      switch format {
      case .checkpoint: [target]
      case .onnx(let paths): [paths.encoder, paths.decoder]
      }
    let files = models + [pythonModule].compactMap { $0 }
    for file in files {
      guard let kind = PathKind(file) else { continue }
      guard kind == .file else { throw FileError(file, "is a folder or a device; name a file") }
      guard replacing else { throw FileError(file, "exists already", remedy: .replace) }
    }
    stored = try StoredModel(path)
    self.pythonModule = pythonModule
    self.target = target
    self.precision = precision
    self.notes = notes
    let sources = ONNXPair.Paths(stored.file).map { [$0.encoder, $0.decoder] } ?? [stored.file]
    for file in files where sources.contains(where: { Self.areSame($0, file) }) {
      throw FileError(file, "is the model to convert itself; choose another name")
    }
  }

  private static func requirePlace(
    for precision: FloatPrecision, _ notes: [String: String], in format: Format,
    named target: String
  ) throws {
    switch format {
    case .checkpoint(.pyTorch) where precision == .half || !notes.isEmpty:
      throw ConfigurationError(
        "file to write", target, expected: "a .safetensors file, which takes 16 bits and notes")
    case .onnx where precision == .half:
      throw ConfigurationError(
        "file to write", target, expected: "a .safetensors file, which takes 16 bits")
    case .checkpoint, .onnx: break
    }
  }

  /// Writes the file whole or not at all, or both files of a pair.
  /// - Throws: `FileError` naming the file and the system's reason; `ConfigurationError` for a model that cannot be described
  ///   as ONNX.
  public func write() throws {
    let metadata = try stored.metadata().merging(notes) { _, new in new }
    switch format {
    case .checkpoint:
      try stored.model.save(to: target, precision: precision, notes: metadata)
    case .onnx(let paths):
      try ONNXPair(stored.model, notes: metadata, producerVersion: PackageVersion.current)
        .write(to: paths)
    }
    if let pythonModule {
      try AtomicFile.write(stored.model.network.pythonModule, to: pythonModule)
    }
  }

  /// What was done, a line for each file.
  public var text: String {
    let (files, words) =
      switch format {
      case .checkpoint(.safetensors):
        (target, precision == .half ? "safetensors, rounded to 16 bits" : "safetensors")
      case .checkpoint(.pyTorch): (target, "a PyTorch state dictionary")
      case .onnx(let paths): ("\(paths.encoder) and \(paths.decoder)", "ONNX")
      }
    return "\(files): \(stored.model.imageShape), latents \(stored.model.latents), "
      + "the weights of \(stored.file) as \(words)"
      + (pythonModule.map { "\n\($0): the network as a module of PyTorch" } ?? "")
  }

  /// Whether two paths lead to one file, whatever links and dots they go through.
  private static func areSame(_ first: String, _ second: String) -> Bool {
    func place(_ path: String) -> String {
      URL(filePath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
    return place(first) == place(second)
  }
}
