import JointVAEFiles

/// A strict JSON (RFC 8259) reader for headers whose structure the caller knows.
///
/// The caller asks for what must come next, so nothing is built that is not used, nothing recurses, and nesting
/// costs no memory. Foundation's readers keep the last of duplicate keys silently; here they are an error.
struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// Reads an object. `member` is called with each key and must read the value that follows.
  mutating func readObject(_ member: (inout JSONReader, String) throws -> Void) throws {
    try expect("{", "an object")
    if skip("}") { return }
    var keys: Set<String> = []
    repeat {
      let key = try readString()
      guard keys.insert(key).inserted else { throw problem("the key \(key.quoted) appears twice") }
      try expect(":", "\":\"")
      try member(&self, key)
    } while skip(",")
    try expect("}", "\",\" or \"}\"")
  }

  /// Reads an array. `element` is called before each element and must read it.
  mutating func readArray(_ element: (inout JSONReader) throws -> Void) throws {
    try expect("[", "an array")
    if skip("]") { return }
    repeat { try element(&self) } while skip(",")
    try expect("]", "\",\" or \"]\"")
  }

  /// Reads a whole number without sign, fraction or exponent that fits an `Int`.
  mutating func readInteger() throws -> Int {
    skipSpace()
    let start = index
    var value = 0
    while let digit = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tenfold.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !overflow, !carry else { throw problem("a number is too large", at: start) }
      value = sum
      index += 1
    }
    let hasLeadingZero = index - start > 1 && bytes[start] == UInt8(ascii: "0")
    guard index > start, !hasLeadingZero else {
      throw problem("expected a whole number, found \(found(at: start))", at: start)
    }
    if let next = current, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(next)
    {
      throw problem("expected a whole number, found a fraction or an exponent", at: start)
    }
    return value
  }

  /// Reads a string.
  mutating func readString() throws -> String {
    try expect("\"", "a string")
    let start = index - 1
    var text: [UInt8] = []
    while let byte = current {
      index += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw problem("a string is not valid UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): try appendEscape(to: &text)
      case ..<0x20: throw problem("a string holds a control character", at: index - 1)
      default: text.append(byte)
      }
    }
    throw problem("a string does not end", at: start)
  }

  /// Reads to the end, where only white space may stand.
  mutating func readEnd() throws {
    skipSpace()
    guard index == bytes.endIndex else {
      throw problem("expected nothing more, found \(found(at: index))")
    }
  }

  /// Appends the character that an escape stands for; its backslash has been read.
  private mutating func appendEscape(to text: inout [UInt8]) throws {
    let start = index - 1
    guard let byte = current else { throw problem("a string does not end", at: start) }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0c)
    case UInt8(ascii: "n"): text.append(0x0a)
    case UInt8(ascii: "r"): text.append(0x0d)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      var units = [try readCodeUnit(at: start)]
      // A character beyond 16 bits is written as two escapes.
      if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: [0x5c, 0x75]) {
        index += 2
        units.append(try readCodeUnit(at: start))
      }
      guard let character = String(validating: units, as: UTF16.self) else {
        throw problem("an escape is half of a surrogate pair", at: start)
      }
      text += character.utf8
    default: throw problem("unknown escape", at: start)
    }
  }

  /// The four hexadecimal digits of an escape that starts at `start`.
  private mutating func readCodeUnit(at start: Int) throws -> UInt16 {
    let digits = bytes[index...].prefix(4)
    guard digits.count == 4,
      let text = String(validating: digits, as: UTF8.self), text.allSatisfy(\.isHexDigit),
      let unit = UInt16(text, radix: 16)
    else { throw problem("expected four hexadecimal digits", at: start) }
    index += 4
    return unit
  }

  private var current: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = current, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { index += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard current == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar, _ what: String) throws {
    guard skip(character) else { throw problem("expected \(what), found \(found(at: index))") }
  }

  private func found(at index: Int) -> String {
    guard index < bytes.endIndex else { return "the end" }
    return String(decoding: bytes[index...].prefix(1), as: UTF8.self).quoted
  }

  private func problem(_ text: String, at place: Int? = nil) -> MalformedData {
    MalformedData("byte \((place ?? index) - bytes.startIndex): \(text)")
  }
}
