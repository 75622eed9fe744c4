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

  /// Whether `bytes` spell a number, whole or not: `0.5`, `1e-3`.
  static func isNumber(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    number(bytes) != nil
  }

  /// The finite number that `bytes` spell: digits with a sign, a point, an exponent and spaces around them; nil when
  /// they spell none, or one beyond 64 bits of floating point.
  static func number(_ bytes: some BidirectionalCollection<UInt8>) -> Double? {
    let text = trimmed(bytes)
    guard text.count <= 64 else { return nil }
    return simple(text) ?? general(text)
  }

  /// A number of few digits without an exponent, as nearly all are: exact, since both parts of the fraction are.
  private static func simple(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    var (digits, count, scale) = (0, 0, 1.0)
    var (hasPoint, isNegative) = (false, false)
    for (place, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        count += 1
        if hasPoint { scale *= 10 }
        // 15 digits fit the 53 bits of a fraction.
        guard count <= 15 else { return nil }
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "-") where place == 0: isNegative = true
      case UInt8(ascii: "+") where place == 0: break
      default: return nil
      }
    }
    guard count > 0 else { return nil }
    let number = Double(digits) / scale
    return isNegative ? -number : number
  }

  private static func general(_ text: some BidirectionalCollection<UInt8>) -> Double? {
    // Double would also take words such as nan, infinity and 0x10.
    let isAllowed = text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    guard isAllowed, let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite
    else { return nil }
    return number
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
