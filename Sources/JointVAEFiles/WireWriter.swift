/// Writes messages in the wire format of Protocol Buffers, field by field.
///
/// ONNX models and TensorBoard's events are such messages. Each needs a dozen of fields, so code that is generated of their
/// schemas would be a hundred times as long.
package struct WireWriter {
  /// The message so far.
  package private(set) var bytes: [UInt8] = []

  /// An empty message.
  package init() {}

  /// An integer; a negative one takes ten bytes, as the format has it.
  package mutating func integer(_ field: Int, _ value: Int) {
    key(field, .varint)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// An integer for each of `values`, each with the field's number before it.
  package mutating func integers(_ field: Int, _ values: [Int]) {
    for value in values { integer(field, value) }
  }

  /// UTF-8 text.
  package mutating func text(_ field: Int, _ value: String) { self.bytes(field, Array(value.utf8)) }

  /// Bytes as they are.
  package mutating func bytes(_ field: Int, _ value: some Collection<UInt8>) {
    key(field, .bytes)
    varint(UInt64(value.count))
    bytes += value
  }

  /// A message within this one.
  package mutating func message(
    _ field: Int, _ body: (inout WireWriter) throws -> Void
  ) rethrows {
    var inner = WireWriter()
    try body(&inner)
    bytes(field, inner.bytes)
  }

  /// A 32-bit floating-point number.
  package mutating func float(_ field: Int, _ value: Float) {
    key(field, .fixed32)
    append(value.bitPattern)
  }

  /// A 64-bit floating-point number.
  package mutating func double(_ field: Int, _ value: Double) {
    key(field, .fixed64)
    append(value.bitPattern)
  }

  /// 64-bit floating-point numbers one after the other.
  package mutating func doubles(_ field: Int, _ values: [Double]) {
    key(field, .bytes)
    varint(UInt64(values.count * 8))
    for value in values { append(value.bitPattern) }
  }

  private mutating func key(_ field: Int, _ type: WireType) {
    varint(UInt64(field) << 3 | UInt64(type.rawValue))
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest > 127 {
      bytes.append(UInt8(rest & 127) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append<Bits: FixedWidthInteger>(_ bits: Bits) {
    withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// How a field's value is laid out, the lowest three bits of its key.
enum WireType: UInt8 {
  case varint = 0
  case fixed64 = 1
  case bytes = 2
  case fixed32 = 5
}
