import JointVAEFiles

/// The entries of a zip file that is in memory, as far as PyTorch uses the format: stored, not compressed.
///
/// PKWARE's APPNOTE.TXT 6.3 names the fields (4.3.12 to 4.3.16, and 4.5.3 for sizes beyond 32 bits).
struct ZipArchive {
  /// Where the contents of each entry stand in the file, by name.
  private(set) var entries: [String: Range<Int>] = [:]
  private let bytes: [UInt8]
  private let checksum = CRC32()

  /// How the records of a zip file begin.
  enum Signature {
    static let localHeader: UInt32 = 0x0403_4b50
    static let directoryEntry: UInt32 = 0x0201_4b50
    static let directoryEnd: UInt32 = 0x0605_4b50
    static let wideDirectoryEnd: UInt32 = 0x0606_4b50
    static let wideDirectoryLocator: UInt32 = 0x0706_4b50
  }

  /// Reads the central directory, and checks each entry's place and checksum.
  /// - Throws: `MalformedData`.
  init(_ bytes: [UInt8]) throws {
    self.bytes = bytes
    do {
      try readDirectory()
    } catch let error as MalformedData {
      throw MalformedData("is a damaged zip file: \(error.problem)")
    }
  }

  private mutating func readDirectory() throws {
    var (cursor, count) = try directory()
    var total = 0
    for _ in 0..<count {
      let (name, range, expected) = try readEntry(&cursor)
      total += range.count
      // Overlapping entries would have the same bytes checked again and again.
      guard total <= bytes.count else {
        throw MalformedData("its entries together are longer than the file")
      }
      let actual = bytes.withUnsafeBytes { checksum(UnsafeRawBufferPointer(rebasing: $0[range])) }
      guard actual == expected else {
        throw MalformedData(
          "the checksum of entry \(name.quoted) is wrong; fetch the file again, or save it again")
      }
      guard entries.updateValue(range, forKey: name) == nil else {
        throw MalformedData("it has two entries \(name.quoted)")
      }
    }
  }

  /// Where the central directory starts, and the number of its entries.
  private func directory() throws -> (ByteCursor, count: UInt64) {
    // The end record has 22 bytes and a comment of at most 65,535, whose length is its last field.
    let firstStart = max(0, bytes.count - 22 - 65_535)
    var cursor = ByteCursor(bytes[...])
    var start = bytes.count - 22
    while true {
      guard start >= firstStart else {
        throw MalformedData("the end record is missing; the file may have been cut off")
      }
      try cursor.move(to: start)
      if try cursor.readInteger(as: UInt32.self) == Signature.directoryEnd {
        try cursor.move(to: start + 20)
        if Int(try cursor.readInteger(as: UInt16.self)) == cursor.remaining { break }
      }
      start -= 1
    }
    try cursor.move(to: start + 10)
    var count = UInt64(try cursor.readInteger(as: UInt16.self))
    try cursor.move(to: start + 16)
    var offset = UInt64(try cursor.readInteger(as: UInt32.self))
    if let wide = try wideEnd(before: start) { (count, offset) = wide }
    try cursor.move(to: Int(clamping: offset))
    return (cursor, count)
  }

  /// Count and offset from the 64-bit end record, if a locator of one stands before the end record at `start`.
  private func wideEnd(before start: Int) throws -> (count: UInt64, offset: UInt64)? {
    guard start >= 20 else { return nil }
    var cursor = ByteCursor(bytes[..<start])
    try cursor.move(to: start - 20)
    guard try cursor.readInteger(as: UInt32.self) == Signature.wideDirectoryLocator else {
      return nil
    }
    _ = try cursor.readInteger(as: UInt32.self)
    try cursor.move(to: Int(clamping: try cursor.readInteger(as: UInt64.self)))
    guard try cursor.readInteger(as: UInt32.self) == Signature.wideDirectoryEnd else {
      throw MalformedData("the 64-bit end record is missing")
    }
    _ = try cursor.readBytes(28)
    let count: UInt64 = try cursor.readInteger()
    _ = try cursor.readBytes(8)
    return (count, try cursor.readInteger())
  }

  /// Reads an entry of the directory: its name, the place of its contents, and their checksum.
  private func readEntry(
    _ cursor: inout ByteCursor
  ) throws -> (name: String, range: Range<Int>, checksum: UInt32) {
    guard try cursor.readInteger(as: UInt32.self) == Signature.directoryEntry else {
      throw MalformedData("byte \(cursor.position - 4): expected an entry of the directory")
    }
    _ = try cursor.readBytes(4)
    let flags: UInt16 = try cursor.readInteger()
    let method: UInt16 = try cursor.readInteger()
    _ = try cursor.readBytes(4)
    let checksum: UInt32 = try cursor.readInteger()
    let storedSize: UInt32 = try cursor.readInteger()
    let size: UInt32 = try cursor.readInteger()
    let nameLength: UInt16 = try cursor.readInteger()
    let extraLength: UInt16 = try cursor.readInteger()
    let commentLength: UInt16 = try cursor.readInteger()
    _ = try cursor.readBytes(8)
    let offset: UInt32 = try cursor.readInteger()
    guard let name = String(validating: try cursor.readBytes(Int(nameLength)), as: UTF8.self) else {
      throw MalformedData("an entry's name is not valid UTF-8")
    }
    let wide = try Self.widened(
      [size, storedSize, offset], by: try cursor.readBytes(Int(extraLength)))
    _ = try cursor.readBytes(Int(commentLength))

    guard flags & 1 == 0 else { throw MalformedData("entry \(name.quoted) is encrypted") }
    guard method == 0, wide[0] == wide[1] else {
      throw MalformedData(
        "entry \(name.quoted) is compressed (method \(method)); expected stored, as torch.save "
          + "writes; save it again from Python")
    }
    return (name, try contents(of: name, offset: wide[2], size: wide[0]), checksum)
  }

  /// `values`, and where one is all ones, its 64-bit value from the extra field, which has these in the same order.
  private static func widened(
    _ values: [UInt32], by extra: ArraySlice<UInt8>
  ) throws -> [UInt64] {
    var cursor = ByteCursor(extra)
    while values.contains(.max), cursor.remaining >= 4 {
      let identifier: UInt16 = try cursor.readInteger()
      let length: UInt16 = try cursor.readInteger()
      var field = ByteCursor(try cursor.readBytes(Int(length)))
      guard identifier == 1 else { continue }
      return try values.map { $0 == .max ? try field.readInteger() : UInt64($0) }
    }
    return values.map { UInt64($0) }
  }

  /// The bytes that follow the local header at `offset`. Its own sizes may be zero; the directory's count.
  private func contents(of name: String, offset: UInt64, size: UInt64) throws -> Range<Int> {
    var cursor = ByteCursor(bytes[...])
    try cursor.move(to: Int(clamping: offset))
    guard try cursor.readInteger(as: UInt32.self) == Signature.localHeader else {
      throw MalformedData("entry \(name.quoted) does not stand at byte \(offset)")
    }
    _ = try cursor.readBytes(22)
    let nameLength = Int(try cursor.readInteger(as: UInt16.self))
    let extraLength = Int(try cursor.readInteger(as: UInt16.self))
    _ = try cursor.readBytes(nameLength + extraLength)
    let start = cursor.position
    _ = try cursor.readBytes(Int(clamping: size))
    return start..<cursor.position
  }
}
