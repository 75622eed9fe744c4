/// The contents of a safetensors file: named tensors and a few words about them.
///
/// The format, <https://github.com/huggingface/safetensors>: the length of the header (8 bytes, little-endian), the
/// header (a JSON object: dtype, shape and byte range of each tensor, and `__metadata__`), the numbers.
public struct Safetensors: Equatable, Sendable {
  /// The tensors in the order of their data.
  public var tensors: [NamedTensor]
  /// Free text by key; the format's `__metadata__`.
  public var metadata: [String: String]

  /// Tensors with different names, and free text about them.
  public init(tensors: [NamedTensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor called `name`, if there is one.
  public subscript(name: String) -> NamedTensor? { tensors.first { $0.name == name } }

  /// The size in bytes up to which a file is read by default: 1 GiB.
  public static let sizeLimit = 1 << 30

  /// The longest header there may be, as in the format's own implementation, in bytes.
  static let headerLimit = 100_000_000

  /// Keys that metadata cannot have: the checksum of a file stands there.
  package static var checksumKeys: Set<String> { SafetensorsChecksum.keys }

  /// The header's key that is no tensor.
  static let metadataKey = "__metadata__"
}

/// How the 32-bit floating-point numbers of a model are written.
public enum FloatPrecision: Hashable, Sendable {
  /// As they are.
  case single
  /// Rounded to the nearest IEEE 754 binary16 number, 11 bits in half the space.
  case half
}

extension StoredType {
  /// Its `dtype` in a safetensors header.
  var safetensorsName: String {
    switch self {
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    case .int64: "I64"
    case .uint8: "U8"
    }
  }

  /// The type with this `dtype`, if it is one we read.
  init?(safetensorsName name: String) {
    guard let type = Self.allCases.first(where: { $0.safetensorsName == name }) else { return nil }
    self = type
  }
}
