/// A place in bytes from outside that moves forward as they are read, and never beyond their end.
struct ByteCursor {
  private let bytes: ArraySlice<UInt8>
  /// Where the next byte stands, counted from the start of the bytes.
  var position: Int { index - bytes.startIndex }
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// Bytes that are left.
  var remaining: Int { bytes.endIndex - index }

  /// The next byte, if there is one; it stays the next.
  var next: UInt8? { remaining > 0 ? bytes[index] : nil }

  /// Reads `count` bytes.
  mutating func readBytes(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else {
      throw MalformedData("it ends early: \(count) more bytes are needed, and \(remaining) follow")
    }
    defer { index += count }
    return bytes[index..<index + count]
  }

  /// Reads a little-endian integer.
  mutating func readInteger<Integer: FixedWidthInteger>(
    as type: Integer.Type = Integer.self
  ) throws -> Integer {
    try readBytes(Integer.bitWidth / 8).reversed().reduce(0) {
      $0 << 8 | Integer(truncatingIfNeeded: $1)
    }
  }

  /// Reads a byte.
  mutating func readByte() throws -> UInt8 { try readInteger() }

  /// Reads up to the next line feed, which is read and left out.
  /// - Parameter limit: the most bytes there may be before it.
  mutating func readLine(limit: Int) throws -> ArraySlice<UInt8> {
    guard let end = bytes[index...].prefix(limit + 1).firstIndex(of: UInt8(ascii: "\n")) else {
      throw MalformedData("it ends early, or a name is longer than \(limit) bytes")
    }
    defer { index = end + 1 }
    return bytes[index..<end]
  }

  /// Moves to `position`, counted from the start of the bytes.
  mutating func move(to position: Int) throws {
    guard (0...bytes.count).contains(position) else {
      throw MalformedData("a part is said to start at byte \(position) of \(bytes.count)")
    }
    index = bytes.startIndex + position
  }
}
