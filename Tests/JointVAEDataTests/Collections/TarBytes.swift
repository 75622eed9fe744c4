/// Tar archives put together by hand, so that every lie can be told.
struct TarBytes {
  /// The archive so far, without its end.
  private(set) var bytes: [UInt8] = []

  /// The archive with the two blocks of zeros that end it.
  var complete: [UInt8] { bytes + [UInt8](repeating: 0, count: 1024) }

  /// Adds a header that says what it is told, and `content` padded to whole blocks.
  mutating func add(
    _ name: String, _ content: [UInt8] = [], flag: Character = "0", prefix: String = "",
    size: [UInt8]? = nil, magic: String = "ustar\u{0}00", hasValidChecksum: Bool = true
  ) {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: some Sequence<UInt8>, at start: Int) {
      for (offset, byte) in text.enumerated() { header[start + offset] = byte }
    }
    put(name.utf8.prefix(100), at: 0)
    put("0000644\u{0}".utf8, at: 100)
    put(size ?? Self.octal(content.count, digits: 11) + [0], at: 124)
    put(flag == "\u{0}" ? [] : [flag.asciiValue ?? 0], at: 156)
    put(magic.utf8, at: 257)
    put(prefix.utf8.prefix(155), at: 345)
    header = Self.withChecksum(header)
    if !hasValidChecksum { header[0] ^= 1 }
    bytes += header + content
    bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
  }

  /// Adds records about the next member.
  mutating func addRecords(_ records: [(key: String, value: String)]) {
    add("PaxHeader", records.flatMap { Self.record($0.key, $0.value) }, flag: "x")
  }

  /// The line of a record, its length included in its length.
  static func record(_ key: String, _ value: String) -> [UInt8] {
    let body = " \(key)=\(value)\n"
    var length = body.utf8.count
    while "\(length)\(body)".utf8.count != length { length += 1 }
    return Array("\(length)\(body)".utf8)
  }

  /// A header block with the checksum that is right for it.
  static func withChecksum(_ block: [UInt8]) -> [UInt8] {
    var block = block
    for index in 148..<156 { block[index] = 0x20 }
    let sum = block.reduce(0) { $0 + Int($1) }
    for (offset, byte) in (octal(sum, digits: 6) + [0, 0x20]).enumerated() {
      block[148 + offset] = byte
    }
    return block
  }

  /// A number in octal, filled up with zeros.
  static func octal(_ number: Int, digits: Int) -> [UInt8] {
    let text = String(number, radix: 8)
    return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
  }

  /// A number as GNU writes it where octal digits do not suffice.
  static func base256(_ number: Int, first: UInt8 = 0x80) -> [UInt8] {
    [first, 0, 0, 0]
      + (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }
}
