import JointVAEFiles

/// What records about a member say in place of its header (POSIX.1-2017, pax, "pax Extended
/// Header"): lines of a length in decimal, a space, a key, "=" and a value.
struct PaxRecords {
  /// The member's name, in bytes.
  private(set) var path: [UInt8]?
  /// Its bytes of content.
  private(set) var size: Int?
  /// Whether it is stored with holes.
  private(set) var isSparse = false

  /// No records.
  init() {}

  /// Reads records; nil when they are malformed.
  init?(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      guard let space = rest.firstIndex(of: UInt8(ascii: " ")),
        let length = Self.number(rest[..<space]), length <= rest.count,
        length > space - rest.startIndex + 1
      else { return nil }
      let record = rest[(space + 1)..<(rest.startIndex + length)]
      guard record.last == UInt8(ascii: "\n"), let sign = record.firstIndex(of: UInt8(ascii: "="))
      else { return nil }
      let value = record[(sign + 1)...].dropLast()
      let key = record[..<sign]
      if key.elementsEqual("path".utf8) {
        path = Array(value)
      } else if key.elementsEqual("size".utf8) {
        guard let number = Self.number(value) else { return nil }
        size = number
      } else if key.starts(with: "GNU.sparse.".utf8) {
        isSparse = true
      }
      rest = rest[(rest.startIndex + length)...]
    }
  }

  /// A number in decimal; nil when there is none or it is too large.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
