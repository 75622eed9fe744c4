import JointVAEFiles

/// The start of a netpbm file, PBM, PGM or PPM: two letters, then numbers as text (netpbm(5)).
struct PNMHeader {
  /// What the pixels are.
  enum Kind {
    /// Black and white.
    case bitmap
    case gray
    case color
  }

  let kind: Kind
  /// Whether pixels are text, too.
  let isPlain: Bool
  let width: Int
  let height: Int
  /// The sample of white.
  let limit: Int
  /// Where the pixels begin.
  let end: Int

  var channels: Int { kind == .color ? 3 : 1 }

  /// Reads the start of `bytes`, of which errors speak as `name`.
  ///
  /// - Throws: `FileError` for a file that is none of netpbm, is cut off, or is larger than `limits`.
  init(_ bytes: [UInt8], name: String, limits: ImageLimits) throws {
    guard bytes.count <= limits.maximumByteCount else {
      throw FileError(
        name, "holds \(bytes.count) bytes; expected at most \(limits.maximumByteCount)")
    }
    guard bytes.count > 2, bytes[0] == UInt8(ascii: "P"), (0x31...0x36).contains(bytes[1]) else {
      throw FileError(name, "is not a netpbm image: it does not begin with P1 to P6")
    }
    let digit = bytes[1] - 0x30
    kind = [.bitmap, .gray, .color][Int(digit - 1) % 3]
    isPlain = digit <= 3
    var text = PNMText(bytes, from: 2, name: name)
    width = try text.number()
    height = try text.number()
    _ = try limits.pixelCount(width: width, height: height, name: name)
    limit = kind == .bitmap ? 1 : try text.number()
    guard (1...65_535).contains(limit) else {
      throw FileError(
        name, "is a damaged netpbm image: its white is \(limit); expected 1 to 65535")
    }
    // One space or line break parts the header from pixels that are no text.
    end = text.place + 1
    guard isPlain || end <= bytes.count else { throw text.cutOff }
  }
}

/// Numbers as text between spaces, line breaks and comments.
struct PNMText {
  private let bytes: [UInt8]
  private let name: String
  /// The place after the last number.
  private(set) var place: Int

  init(_ bytes: [UInt8], from place: Int, name: String) {
    self.bytes = bytes
    self.place = place
    self.name = name
  }

  var cutOff: FileError {
    FileError(
      name, "is cut off: it ends at byte \(bytes.count), before the end of the netpbm image")
  }

  /// The next whole number.
  mutating func number() throws -> Int {
    try skipSpaces()
    let start = place
    var number = 0
    while place < bytes.count, let digit = digit(at: place) {
      number = number * 10 + digit
      place += 1
      guard number <= Int(Int32.max) else { throw damage("a number below 2147483648", at: start) }
    }
    guard place > start else { throw damage("a number", at: start) }
    return number
  }

  /// The next digit, which may stand close to others.
  mutating func bit() throws -> Int {
    try skipSpaces()
    guard let digit = digit(at: place), digit <= 1 else { throw damage("0 or 1", at: place) }
    place += 1
    return digit
  }

  private func digit(at place: Int) -> Int? {
    let value = bytes[place] &- UInt8(ascii: "0")
    return value < 10 ? Int(value) : nil
  }

  private mutating func skipSpaces() throws {
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "#") {
        while place < bytes.count, bytes[place] != 10, bytes[place] != 13 { place += 1 }
      } else if bytes[place] == 32 || (9...13).contains(bytes[place]) {
        place += 1
      } else {
        return
      }
    }
    throw cutOff
  }

  private func damage(_ expected: String, at place: Int) -> FileError {
    FileError(name, "is a damaged netpbm image: at byte \(place), expected \(expected)")
  }
}
