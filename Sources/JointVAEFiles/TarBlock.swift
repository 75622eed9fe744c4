/// The block of 512 bytes before each member of a tar archive, as far as it takes to recognize one.
package enum TarBlock {
  /// Bytes of a block; contents are padded to a multiple of it.
  package static let byteCount = 512

  private static let checksumField = 148..<156

  /// Whether a file that begins with `block` is a tar archive.
  ///
  /// A block that names the format and has a wrong checksum counts, so that the damage is reported.
  package static func isPlausible(_ block: [UInt8]) -> Bool {
    guard block.count == byteCount else { return false }
    return block[257..<262].elementsEqual("ustar".utf8) || hasValidChecksum(block)
  }

  /// Whether the block's checksum is right: the sum of all bytes, those of the checksum counted as
  /// spaces. Some old programs took bytes for signed.
  package static func hasValidChecksum(_ block: [UInt8]) -> Bool {
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

  /// The octal number in a field, or the big-endian one that GNU writes where octal digits do not
  /// suffice; nil when it is neither, negative, or too large for an `Int`.
  package static func number(_ field: ArraySlice<UInt8>) -> Int? {
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
}
