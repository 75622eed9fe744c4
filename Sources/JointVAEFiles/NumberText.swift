import CLibrary

/// Numbers as the package prints them for people, the same in every locale.
///
/// What a file stores (metrics.csv, JSON) is written where that file is written.
package enum NumberText {
  /// `value` with `digits` decimals, as C's `%.*f` rounds it; what rounds to 0 has no sign.
  package static func decimal(_ value: Double, _ digits: Int) -> String {
    let text = formatted("%.*f", Int32(clamping: max(0, digits)), value)
    return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) }
      ? String(text.dropFirst()) : text
  }

  /// `value` in scientific notation with `digits` decimals: `1.235e+06`.
  package static func scientific(_ value: Double, _ digits: Int) -> String {
    formatted("%.*e", Int32(clamping: max(0, digits)), value)
  }

  /// `value` to `digits` significant digits, without zeros at the end: `1e+06`.
  package static func significant(_ value: Double, _ digits: Int) -> String {
    formatted("%.*g", Int32(clamping: max(0, digits)), value)
  }

  /// To about four digits: `699.2`, `12.41`, `0.871`.
  package static func short(_ value: Double) -> String {
    let size = abs(value)
    if size >= 100_000 { return scientific(value, 3) }
    return decimal(value, size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3)
  }

  /// `12,345`.
  package static func count(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return value < 0 ? "-" + text : text
  }

  /// `1 run`, `3 runs`.
  package static func count(_ value: Int, _ noun: String) -> String {
    "\(count(value)) \(noun)\(value == 1 ? "" : "s")"
  }

  /// `a`, `a and b`, `a, b and c`.
  package static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A place in a drawing to a hundredth, without trailing zeros; 0 for what is not finite.
  package static func coordinate(_ value: Double) -> String {
    let rounded = (value * 100).rounded() / 100
    guard rounded.isFinite, abs(rounded) < 1e9 else { return "0" }
    return shortest(rounded)
  }

  /// The shortest text that reads as the same number; a whole number has no point.
  package static func shortest(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }

  /// The shortest text that reads as the same `Float`; a whole number has no point.
  package static func exact(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(Float(value))"
  }

  /// A number of bytes: `61.4 MB`, a million bytes each.
  package static func megabytes(_ byteCount: Int) -> String {
    decimal(Double(byteCount) / 1e6, 1) + " MB"
  }

  /// Seconds as `0:07`, `2:05` or `3:02:05`; `?` beyond a year, where the rate is not known yet.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 3.2e7 else { return "?" }
    let total = Int(max(0, seconds).rounded())
    let (hours, minutes, rest) = (total / 3600, total / 60 % 60, total % 60)
    let clock = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return hours > 0
      ? "\(hours):\(clock(minutes)):\(clock(rest))" : "\(minutes):\(clock(rest))"
  }

  private static func formatted(_ format: String, _ digits: Int32, _ value: Double) -> String {
    // 309 digits, a sign, a point and the decimals.
    var buffer = [CChar](repeating: 0, count: 352 + Int(digits))
    let count = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    return String(
      decoding: buffer.prefix(max(0, Int(count))).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
