import JointVAEFiles

/// The kinds of files that hold a model's tensors.
public enum CheckpointFormat: String, CaseIterable, Hashable, Sendable {
  /// Tensors after a JSON header; what this package writes.
  case safetensors
  /// A state dictionary of PyTorch, old or new.
  case pyTorch = "pt"

  /// The format that files named like `path` have: `.pt` and `.pth` are PyTorch's.
  public init(path: String) {
    let name = path.lowercased()
    self = name.hasSuffix(".pt") || name.hasSuffix(".pth") ? .pyTorch : .safetensors
  }
}

/// The tensors of a checkpoint in any format.
public struct CheckpointFile: Equatable, Sendable {
  /// What the file's bytes say it is, whatever its name.
  public var format: CheckpointFormat
  /// In the file's order.
  public var tensors: [NamedTensor]
  /// The metadata of a safetensors file, or what this package adds to a state dictionary.
  public var metadata: [String: String]

  /// Tensors to be written as `format`.
  public init(
    format: CheckpointFormat, tensors: [NamedTensor], metadata: [String: String] = [:]
  ) {
    self.format = format
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a safetensors file or a PyTorch state dictionary.
  /// - Throws: `FileError` when it cannot be read or is neither.
  public init(contentsOf path: String) throws {
    try self.init(bytes: BoundedFile.read(path, limit: Safetensors.sizeLimit), named: path)
  }

  /// Reads the contents of such a file that are in memory.
  /// - Parameters:
  ///   - bytes: the contents.
  ///   - path: what errors call it.
  /// - Throws: `FileError` when it is neither.
  public init(bytes: [UInt8], named path: String) throws {
    switch FileFormat(bytes) {
    case .zip, .pickle:
      let checkpoint = try PyTorchCheckpoint(bytes: bytes, named: path)
      self.init(
        format: .pyTorch, tensors: checkpoint.tensors.withoutWrappers,
        metadata: checkpoint.metadata)
    case let other?
    where other.isImage || other.isForeign || [.gzip, .tar, .npy, .onnx].contains(other):
      let advice =
        other == .html || other == .largeFilePointer ? other.advice.map { ": \($0)" } ?? "" : ""
      throw FileError(
        path, "is \(other); expected a safetensors file or a state dictionary of PyTorch\(advice)")
    case nil where bytes.isEmpty:
      throw FileError(
        path,
        "is empty; expected a safetensors file or a state dictionary of PyTorch: fetch it again")
    default:
      // Damage can give a safetensors file any first bytes. Its reader reports what is wrong.
      let file = try Safetensors(bytes: bytes, named: path)
      self.init(
        format: .safetensors, tensors: file.tensors.withoutWrappers, metadata: file.metadata)
    }
  }

  /// Writes the file in its format, whole or not at all. PyTorch passes over the metadata.
  /// - Parameters:
  ///   - path: the file to write.
  ///   - precision: of safetensors; a state dictionary keeps all bits.
  /// - Throws: `FileError`.
  public func write(to path: String, precision: FloatPrecision = .single) throws {
    switch format {
    case .safetensors:
      try Safetensors(tensors: tensors, metadata: metadata).write(to: path, precision: precision)
    case .pyTorch:
      try PyTorchCheckpoint(tensors: tensors, metadata: metadata).write(to: path)
    }
  }
}
