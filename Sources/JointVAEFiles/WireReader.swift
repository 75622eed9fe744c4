/// Reads messages in the wire format of Protocol Buffers, field by field, and never beyond their end.
package struct WireReader {
  /// A field of a message.
  package struct Field {
    /// Its number in the message's schema.
    package var number: Int
    /// Its value.
    package var value: Value
  }

  /// A value as it stands in the message.
  package enum Value {
    /// An integer, a truth value or a number of a list of names.
    case integer(Int)
    /// Text, bytes, a message, or numbers one after the other.
    case bytes(ArraySlice<UInt8>)
    /// The bits of a 32-bit number.
    case fixed32(UInt32)
    /// The bits of a 64-bit number.
    case fixed64(UInt64)
  }

  private var rest: ArraySlice<UInt8>

  /// A reader of the message that `bytes` are.
  package init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next field; nil at the end of the message.
  /// - Throws: `WireError` for bytes that are no field.
  package mutating func next() throws(WireError) -> Field? {
    guard !rest.isEmpty else { return nil }
    let key = try varint()
    guard let type = WireType(rawValue: UInt8(key & 7)), (1...536_870_911).contains(key >> 3) else {
      throw WireError("has a field of an unknown kind")
    }
    let value: Value =
      switch type {
      case .varint: .integer(Int(truncatingIfNeeded: try varint()))
      case .fixed32: .fixed32(try number())
      case .fixed64: .fixed64(try number())
      case .bytes: .bytes(try take(try varint()))
      }
    return Field(number: Int(key >> 3), value: value)
  }

  private mutating func varint() throws(WireError) -> UInt64 {
    var value: UInt64 = 0
    for place in 0..<10 {
      guard let byte = rest.popFirst() else { throw WireError("ends early") }
      value |= UInt64(byte & 127) << (7 * UInt64(place))
      if byte < 128 { return value }
    }
    throw WireError("has a number of more than ten bytes")
  }

  private mutating func number<Bits: FixedWidthInteger>() throws(WireError) -> Bits {
    try take(UInt64(Bits.bitWidth / 8)).reversed().reduce(0) {
      $0 << 8 | Bits(truncatingIfNeeded: $1)
    }
  }

  private mutating func take(_ count: UInt64) throws(WireError) -> ArraySlice<UInt8> {
    guard count <= UInt64(rest.count) else {
      throw WireError("ends early: \(count) more bytes are needed, and \(rest.count) follow")
    }
    let bytes = rest.prefix(Int(count))
    rest = rest.dropFirst(Int(count))
    return bytes
  }
}

/// What is wrong with a message, before anyone knows which file it came from.
package struct WireError: Error, Equatable {
  /// The sentence for `FileError.problem`.
  package var problem: String

  /// A problem in these words.
  package init(_ problem: String) { self.problem = problem }
}

extension WireReader.Field {
  /// The integer.
  /// - Throws: `WireError` for another kind of value.
  package func integer() throws(WireError) -> Int {
    guard case .integer(let value) = value else { throw WireError(misfit("an integer")) }
    return value
  }

  /// The bytes.
  /// - Throws: `WireError` for another kind of value.
  package func bytes() throws(WireError) -> ArraySlice<UInt8> {
    guard case .bytes(let value) = value else { throw WireError(misfit("bytes")) }
    return value
  }

  /// The text.
  /// - Throws: `WireError` for another kind of value, and for bytes that are no UTF-8.
  package func text() throws(WireError) -> String {
    guard let text = String(validating: try bytes(), as: UTF8.self) else {
      throw WireError(misfit("UTF-8 text"))
    }
    return text
  }

  /// A reader of the message.
  /// - Throws: `WireError` for another kind of value.
  package func message() throws(WireError) -> WireReader { WireReader(try bytes()) }

  /// The 32-bit floating-point number.
  /// - Throws: `WireError` for another kind of value.
  package func float() throws(WireError) -> Float {
    guard case .fixed32(let bits) = value else { throw WireError(misfit("a 32-bit number")) }
    return Float(bitPattern: bits)
  }

  /// The 64-bit floating-point number.
  /// - Throws: `WireError` for another kind of value.
  package func double() throws(WireError) -> Double {
    guard case .fixed64(let bits) = value else { throw WireError(misfit("a 64-bit number")) }
    return Double(bitPattern: bits)
  }

  private func misfit(_ expected: String) -> String {
    "holds something else in field \(number) of a message than \(expected)"
  }
}
