import JointVAEFiles

/// The type of an array of texts, each in the same room, with zeros behind it: `|S5` bytes, `<U5` characters of
/// 32 bits.
struct NPYText: Equatable {
  /// Bytes of a text's room.
  var byteCount: Int
  /// Bytes of a character: 1 or 4.
  var width: Int
  var isBigEndian: Bool

  /// The most characters of a text.
  private static let longest = 1024

  /// The type that a header names; nil when it is none of texts, or of longer ones than labels are.
  init?(description: String) {
    guard let order = description.first, let letter = description.dropFirst().first,
      let length = Int(description.dropFirst(2)), (0...Self.longest).contains(length)
    else { return nil }
    switch (order, letter) {
    case ("|", "S"), ("|", "a"): width = 1
    case ("<", "U"), (">", "U"): width = 4
    default: return nil
    }
    isBigEndian = order == ">"
    byteCount = width * length
  }

  /// The text in `bytes`; nil when it is none, as bytes that are no UTF-8 are.
  func text(_ bytes: ArraySlice<UInt8>) -> String? {
    if width == 1 {
      let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? bytes.startIndex
      return String(validating: bytes[..<end], as: UTF8.self)
    }
    var text = String.UnicodeScalarView()
    for start in stride(from: bytes.startIndex, to: bytes.endIndex, by: 4) {
      let digits = bytes[start..<start + 4]
      let number = (isBigEndian ? Array(digits) : digits.reversed()).reduce(UInt32(0)) {
        $0 << 8 | UInt32($1)
      }
      guard let scalar = Unicode.Scalar(number) else { return nil }
      text.append(scalar)
    }
    while text.last == "\0" { text.removeLast() }
    return String(text)
  }
}
