import JointVAE
import JointVAECheckpoints
import JointVAEFiles

/// A model as two ONNX files, the encoder and the decoder: the convention of programs that run one of them alone.
///
/// Both have opset 17 and IR version 8. Their batch is of any size and its axis is called `batch`.
///
/// | file | inputs | outputs |
/// |---|---|---|
/// | encoder | `image` of `[batch, channel, y, x]`, 0 black to 1 white | `mean`, `log_variance` of `[batch, D]`; `probabilities.0`, ... of `[batch, K]` |
/// | decoder | `continuous` of `[batch, D]`; `categories.0`, ... of `[batch, K]`, one-hot | `image` |
///
/// What a model does not have is left out. Metadata hold what a safetensors file of the model holds, the image properties
/// of ONNX's MetadataProps.md, and a checksum of both files' weights and words.
public struct ONNXPair: Sendable {
  /// The names of the two files of a pair.
  public struct Paths: Hashable, Sendable {
    /// The encoder's file.
    public let encoder: String
    /// The decoder's file.
    public let decoder: String

    /// The files that `path` names: `digits.onnx`, `digits.encoder.onnx` and `digits.decoder.onnx` name the same pair.
    ///
    /// - Returns: nil for a path that does not end in `.onnx`, or has no name before that.
    public init?(_ path: String) {
      guard path.lowercased().hasSuffix(Self.suffix) else { return nil }
      var stem = path.dropLast(Self.suffix.count)
      for part in ["encoder", "decoder"] where stem.lowercased().hasSuffix(".\(part)") {
        stem = stem.dropLast(part.count + 1)
        break
      }
      guard let last = stem.last, last != "/" else { return nil }
      encoder = "\(stem).encoder\(Self.suffix)"
      decoder = "\(stem).decoder\(Self.suffix)"
    }

    private static let suffix = ".onnx"
  }

  /// The contents of the encoder's file.
  public let encoder: [UInt8]
  /// The contents of the decoder's file.
  public let decoder: [UInt8]

  /// The most bytes of a file: messages of Protocol Buffers end at 2 GiB, and readers need some room.
  static let sizeLimit = 1 << 30

  /// The files of `model`.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - notes: text by key for the metadata, besides the model's own.
  ///   - producerVersion: the version of the program that writes the files.
  /// - Throws: `ConfigurationError` naming a layer that ONNX's operators are not known for, a note by a key that the files
  ///   use themselves, or a model too large for such files.
  public init(
    _ model: JointVAEModel, notes: [String: String] = [:], producerVersion: String = ""
  ) throws {
    let tensors = model.tensors
    let network = model.network
    try Self.requireRoom(parameterCount: network.parameterCount)
    if let key = notes.keys.sorted().first(where: ONNXMetadata.ownKeys.contains) {
      throw ConfigurationError(
        "note", key, expected: "a name that ONNX files of models do not use themselves")
    }
    let metadata = ONNXMetadata.written(
      model.metadata(adding: notes), channels: network.layers.first?.input.channels ?? 1,
      tensors: tensors)
    func contents(_ graph: GraphProto) -> [UInt8] {
      ModelProto(
        formatVersion: ModelProto.formatVersion, producer: ModelProto.producer,
        producerVersion: producerVersion,
        operatorSets: [.init(version: ModelProto.operatorVersion)], graph: graph,
        metadata: metadata
      ).bytes
    }
    encoder = contents(try .encoder(of: network, tensors))
    decoder = contents(try .decoder(of: network, tensors))
  }

  /// - Throws: `ConfigurationError` for more parameters than a file has room for.
  package static func requireRoom(parameterCount count: Int) throws {
    guard count < sizeLimit / 4 else {
      throw ConfigurationError(
        "model", "\(NumberText.count(count)) parameters",
        expected: "fewer than \(NumberText.count(sizeLimit / 4)) for ONNX files")
    }
  }

  /// Writes both files whole. When one cannot be written, neither takes its place.
  ///
  /// - Parameter paths: the names of the files.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write(to paths: Paths) throws {
    try AtomicFile.write(to: paths.encoder) { append in
      try encoder.withUnsafeBytes { try append($0) }
      // The encoder waits beside its place until the decoder has its own.
      try AtomicFile.write(decoder, to: paths.decoder)
    }
  }
}
