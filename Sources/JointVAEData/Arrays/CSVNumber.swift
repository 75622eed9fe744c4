/// Whole numbers as CSV files write them.
enum CSVNumber {
  /// The whole number that `bytes` spell: digits, a sign before them, spaces around them; `12.0`
  /// is 12. Nil when they spell none, or one beyond 64 bits.
  static func whole(_ bytes: some BidirectionalCollection<UInt8>) -> Int? {
    var digits = trimmed(bytes)[...]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    if let point = digits.firstIndex(of: UInt8(ascii: ".")) {
      guard digits[point...].dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
      digits = digits[..<point]
    }
    guard !digits.isEmpty else { return nil }
    var number = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      let (tens, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      guard !overflows, !overflowsToo else { return nil }
      number = sum
    }
    return isNegative ? -number : number
  }

  /// Whether `bytes` spell a number, whole or not: `0.5`, `1e-3`, also one no integer can hold.
  static func isNumber(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    let bytes = trimmed(bytes)
    // Double would also take words such as nan, infinity and 0x10.
    let allowed = bytes.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    return allowed && bytes.count <= 64 && Double(String(decoding: bytes, as: UTF8.self)) != nil
  }

  private static func trimmed<Bytes: BidirectionalCollection<UInt8>>(
    _ bytes: Bytes
  ) -> Bytes.SubSequence {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return bytes[bytes.startIndex..<bytes.startIndex] }
    return bytes[first...last]
  }
}
