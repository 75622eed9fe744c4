import JointVAEFiles

/// A block of 512 bytes before each member of a tar archive: ustar (POSIX.1-2017, pax, "ustar
/// Interchange Format"), GNU's variant of it, or the form of Unix's seventh edition.
struct TarHeader {
  /// Bytes of a header; contents are padded to a multiple of it.
  static let byteCount = 512

  /// What follows the header.
  enum Kind: Equatable {
    case file
    /// A folder, a link or a device, which has no content.
    case withoutContent
    /// The name of the next member, GNU's way.
    case longName
    /// Records about the next member, POSIX's way.
    case records
    /// Content that is of no interest here.
    case other
    /// A file with holes, or the rest of one that began in another archive.
    case unsupported(String)
  }

  /// The name, in bytes.
  let name: [UInt8]
  /// Bytes of content.
  let size: Int
  /// What follows.
  let kind: Kind
  /// Whether a block with more of the map of a file with holes comes before its content, GNU's way.
  let isContinued: Bool

  /// Reads a header.
  /// - Throws: `FileError` about the archive at `path` when the checksum is wrong or the size is no
  ///   number; `position` is where the header begins, for the message.
  init(_ block: [UInt8], at position: Int, in path: String) throws {
    guard Self.hasValidChecksum(block) else {
      throw FileError(
        path,
        "is a damaged tar archive: no header with a valid checksum at byte \(position); fetch it "
          + "again")
    }
    guard let size = Self.number(block[Self.sizeField]) else {
      throw FileError(
        path,
        "is a damaged tar archive: the header at byte \(position) gives a size that is no number of "
          + "bytes; fetch it again")
    }
    self.size = size
    let base = Self.text(block[0..<100])
    // GNU's variant, "ustar" and two spaces, keeps times where POSIX has the start of long names.
    let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
    let prefix = isPOSIX ? Self.text(block[345..<500]) : []
    name = prefix.isEmpty ? base : prefix + [UInt8(ascii: "/")] + base
    kind = Self.kind(block[156], isFolder: base.last == UInt8(ascii: "/"))
    isContinued = block[156] == UInt8(ascii: "S") && block[482] != 0
  }

  /// Whether a file that begins with `block` is a tar archive.
  ///
  /// One that says so but has a damaged first header is, so that the damage is reported.
  static func isPlausible(_ block: [UInt8]) -> Bool {
    guard block.count == byteCount else { return false }
    return block[257..<262].elementsEqual("ustar".utf8) || hasValidChecksum(block)
  }

  /// The octal number in a field, or the big-endian one that GNU writes where octal digits do not
  /// suffice; nil when it is neither, negative, or too large for an `Int`.
  static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard let first = field.first else { return nil }
    if first & 0x80 != 0 {
      guard first == 0x80 else { return nil }
      return digits(field.dropFirst(), base: 256) { Int($0) }
    }
    let text = field.drop { $0 == UInt8(ascii: " ") }
    let end = text.firstIndex { $0 == 0 || $0 == UInt8(ascii: " ") } ?? text.endIndex
    guard text[end...].allSatisfy({ $0 == 0 || $0 == UInt8(ascii: " ") }) else { return nil }
    return digits(text[..<end], base: 8) { byte in
      (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) ? Int(byte & 7) : nil
    }
  }

  private static let sizeField = 124..<136
  private static let checksumField = 148..<156

  private static func digits(
    _ bytes: ArraySlice<UInt8>, base: Int, value: (UInt8) -> Int?
  ) -> Int? {
    var number = 0
    for byte in bytes {
      guard let digit = value(byte) else { return nil }
      let (product, overflows) = number.multipliedReportingOverflow(by: base)
      let (sum, overflowsToo) = product.addingReportingOverflow(digit)
      guard !overflows, !overflowsToo else { return nil }
      number = sum
    }
    return number
  }

  /// The sum of all bytes, those of the checksum counted as spaces. Some old programs took bytes
  /// for signed.
  private static func hasValidChecksum(_ block: [UInt8]) -> Bool {
    guard block.count == byteCount, block[checksumField].contains(where: { $0 > 0x20 }),
      let expected = number(block[checksumField])
    else { return false }
    var sums = (unsigned: 8 * 0x20, signed: 8 * 0x20)
    for (index, byte) in block.enumerated() where !checksumField.contains(index) {
      sums.unsigned += Int(byte)
      sums.signed += Int(Int8(bitPattern: byte))
    }
    return expected == sums.unsigned || expected == sums.signed
  }

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] {
    Array(field.prefix { $0 != 0 })
  }

  private static func kind(_ flag: UInt8, isFolder: Bool) -> Kind {
    switch flag {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): isFolder ? .withoutContent : .file
    case UInt8(ascii: "1")...UInt8(ascii: "6"): .withoutContent
    case UInt8(ascii: "L"): .longName
    case UInt8(ascii: "x"), UInt8(ascii: "X"): .records
    case UInt8(ascii: "S"): .unsupported("is stored with holes (a sparse file)")
    case UInt8(ascii: "M"): .unsupported("began in another archive")
    default: .other
    }
  }
}
