import JointVAE
import JointVAECheckpoints
import JointVAEFiles

extension ONNXPair {
  /// Reads a model from the pair of files that `path` names.
  ///
  /// - Parameter path: the name of either file, or that of the pair without `.encoder` and `.decoder`.
  /// - Returns: the tensors, equal to the bit, and the metadata of the model, as a safetensors file would hold them.
  /// - Throws: `FileError` when a file cannot be read, or is not one that ``ONNXPair`` writes, naming the first difference.
  ///   Other programs' models are refused: there are many ways to write a network, and this package reads its own.
  public static func read(_ path: String) throws -> CheckpointFile {
    guard let paths = Paths(path) else {
      throw FileError(
        path,
        "is half of a pair of ONNX files; name it like model.encoder.onnx beside model.decoder.onnx"
      )
    }
    let encoder = try model(at: paths.encoder, besides: paths.decoder)
    let decoder = try model(at: paths.decoder, besides: paths.encoder)
    let tensors = (encoder.graph.initializers + decoder.graph.initializers).filter {
      if case .float32 = $0.elements { true } else { false }
    }
    guard encoder.metadata == decoder.metadata else {
      throw FileError(
        paths.decoder, "belongs to another model than \(paths.encoder); convert the model again")
    }
    let metadata: [String: String]
    do throws(WireError) {
      metadata = try ONNXMetadata.read(encoder.metadata, tensors: tensors)
    } catch { throw FileError(path, error.problem) }
    let file = CheckpointFile(format: .safetensors, tensors: tensors, metadata: metadata)
    // The network is the one that the tensors describe. Its graphs are what was written of it, or something was changed.
    let whole = try JointVAEModel(file, named: path)
    try require(encoder, at: paths.encoder, as: .encoder(of: whole.network, whole.tensors))
    try require(decoder, at: paths.decoder, as: .decoder(of: whole.network, whole.tensors))
    return CheckpointFile(format: .safetensors, tensors: whole.tensors, metadata: metadata)
  }

  private static func model(at path: String, besides other: String) throws -> ModelProto {
    guard PathKind(path) != nil else {
      throw FileError(
        path, "does not exist; expected it beside \(other), as a model needs encoder and decoder")
    }
    let bytes = try BoundedFile.read(path, limit: sizeLimit + (1 << 24))
    if let format = FileFormat(bytes), format != .onnx {
      throw FileError(path, "is \(format); expected an ONNX model")
    }
    do throws(WireError) {
      return try ModelProto(bytes: bytes)
    } catch { throw FileError(path, "is no ONNX model of jointvae: it \(error.problem)") }
  }

  private static func require(
    _ model: ModelProto, at path: String, as expected: GraphProto
  ) throws {
    if let difference = model.graph.difference(from: expected) {
      throw FileError(
        path,
        "is no ONNX model of jointvae: it \(difference). Models of other programs are not read")
    }
  }
}

extension JointVAEModel {
  /// The model in the pair of ONNX files that `path` names.
  /// - Throws: as ``ONNXPair/read(_:)``.
  public init(onnxAt path: String) throws { try self.init(ONNXPair.read(path), named: path) }
}
