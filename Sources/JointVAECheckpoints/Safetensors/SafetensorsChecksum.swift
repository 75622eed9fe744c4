import JointVAEFiles

/// The checksum of a safetensors file, which stands in the file's own metadata.
///
/// It is the CRC-32 of the whole file, header and all, with zeros in place of its own digits. So it notices every flipped
/// bit, and every run of damage of up to 32 bits for certain. Two keys announce it: damage to one leaves the other, and
/// the file is not taken for one that never had a checksum.
enum SafetensorsChecksum {
  /// The metadata of a file that is to get its checksum.
  static let placeholder = [key: digits(0), noteKey: note]
  /// The metadata keys that belong to it.
  static let keys: Set<String> = [key, noteKey]

  private static let key = "jointvae.crc32"
  private static let noteKey = "jointvae.crc32.of"
  private static let note = "this file with 00000000 in place of these digits"
  private static let digitCount = 8

  /// Where the digits stand in a header.
  ///
  /// Quotes within a string are escaped, so that nothing but the member itself looks like this.
  static func place(inHeader header: some RandomAccessCollection<UInt8>) -> Range<Int>? {
    let mark = Array("\"\(key)\":\"".utf8)
    let header = Array(header)
    guard header.count >= mark.count + digitCount else { return nil }
    for start in 0...header.count - mark.count - digitCount
    where header[start] == mark[0] && header[start..<start + mark.count].elementsEqual(mark) {
      return start + mark.count..<start + mark.count + digitCount
    }
    return nil
  }

  /// The digits for a checksum.
  static func digits(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: digitCount - digits.count) + digits
  }

  /// Compares the checksum of a file, where it has one, with its bytes.
  ///
  /// - Parameter metadata: what its header holds.
  /// - Throws: `MalformedData` when they disagree.
  static func verify(_ file: [UInt8], header: Range<Int>, metadata: [String: String]) throws {
    let stored = metadata[key]
    if stored == nil && metadata[noteKey] == nil { return }
    guard let stored, metadata[noteKey] != nil, let place = place(inHeader: file[header]) else {
      throw MalformedData("is damaged: half of its checksum is missing; restore it from a copy")
    }
    let start = header.lowerBound + place.lowerBound
    var sum = CRC32()
    file.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0[..<start])) }
    Array(digits(0).utf8).withUnsafeBytes { sum.add($0) }
    file.withUnsafeBytes { sum.add(UnsafeRawBufferPointer(rebasing: $0[(start + digitCount)...])) }
    guard stored == digits(sum.value) else {
      throw MalformedData(
        "is damaged: its bytes have the checksum \(digits(sum.value)), and it was written with "
          + "\(stored.quoted); restore it from a copy")
    }
  }
}
