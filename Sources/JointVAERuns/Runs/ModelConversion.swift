import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles

/// A model's weights in a file of another format: the same to the last bit, or rounded to 16 bits.
public struct ModelConversion: Sendable {
  private let stored: StoredModel
  private let target: String
  private let precision: FloatPrecision
  private let notes: [String: String]
  private let pythonModule: String?

  /// Reads the model at `path`, to be written to `target`.
  ///
  /// - Parameters:
  ///   - path: a run folder, a safetensors file or a PyTorch state dictionary.
  ///   - target: a name that ends in .safetensors, .pt or .pth.
  ///   - replacing: whether a file that stands at `target` may go.
  ///   - precision: of the weights in safetensors.
  ///   - notes: text by key to add to what safetensors say of the model.
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
    if CheckpointFormat(path: target) == .pyTorch && (precision == .half || !notes.isEmpty) {
      throw ConfigurationError(
        "file to write", target, expected: "a .safetensors file, which takes 16 bits and notes")
    }
    if let key = notes.keys.sorted().first(where: StoredModel.ownKeys.contains) {
      throw ConfigurationError("note", key, expected: "a name that the model does not use itself")
    }
    for file in [target, pythonModule].compactMap({ $0 }) {
      guard let kind = PathKind(file) else { continue }
      guard kind == .file else { throw FileError(file, "is a folder or a device; name a file") }
      guard replacing else { throw FileError(file, "exists already", remedy: .replace) }
    }
    stored = try StoredModel(path)
    self.pythonModule = pythonModule
    self.target = target
    self.precision = precision
    self.notes = notes
    guard !Self.areSame(stored.file, target) else {
      throw FileError(target, "is the model to convert itself; choose another name")
    }
  }

  /// Writes the file, and the module if one is wanted, each whole or not at all.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write() throws {
    let metadata = try stored.metadata().merging(notes) { _, new in new }
    try stored.model.save(to: target, precision: precision, notes: metadata)
    if let pythonModule {
      try AtomicFile.write(stored.model.network.pythonModule, to: pythonModule)
    }
  }

  /// What was done, a line for each file.
  public var text: String {
    let format =
      switch CheckpointFormat(path: target) {
      case .safetensors: precision == .half ? "safetensors, rounded to 16 bits" : "safetensors"
      case .pyTorch: "a PyTorch state dictionary"
      }
    return "\(target): \(stored.model.imageShape), latents \(stored.model.latents), "
      + "the weights of \(stored.file) as \(format)"
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
