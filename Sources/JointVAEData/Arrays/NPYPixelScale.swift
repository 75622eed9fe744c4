import JointVAEFiles

/// What the elements of an array stand for, decided by its first ones and held to for all.
enum NPYPixelScale: Equatable {
  /// 0 and 1, black and white.
  case binary
  /// 0...255.
  case bytes
  /// 0...65535, of 16 bits: `value / 257`, rounded.
  case words
  /// Fractions 0...1: `255 * value`, rounded.
  case unit

  /// What elements of type `element` stand for when they begin with `numbers`.
  ///
  /// Fractions when none of them is above 1; otherwise 0...255, as of whole numbers, except that
  /// those of 16 bits reach to 65535 when one is above 255, and that nothing but zeros and ones is
  /// black and white. A start of nothing but zeros is taken for black pixels.
  init(_ element: NPYElement, startingWith bytes: UnsafeRawBufferPointer) {
    if element == .boolean {
      self = .binary
      return
    }
    var largest = 0.0
    var isBinary = true
    for index in 0..<bytes.count / element.byteCount {
      let number = element.number(index, in: bytes)
      largest = max(largest, number)
      isBinary = isBinary && (number == 0 || number == 1)
    }
    switch element {
    case .float32, .float64:
      // As rounded: resizing leaves values a little above 1.
      self = (255 * largest).rounded() <= 255 ? .unit : .bytes
    case .uint16 where largest > 255: self = .words
    default: self = isBinary && largest == 1 ? .binary : .bytes
    }
  }

  /// The pixel that `number` stands for; nil when it is beyond the scale.
  @inline(__always)
  func pixel(_ number: Double) -> UInt8? {
    switch self {
    case .binary: return number == 0 ? 0 : number == 1 ? 255 : nil
    case .bytes: return Self.rounded(number)
    case .words: return Self.rounded(number / 257)
    case .unit: return Self.rounded(255 * number)
    }
  }

  @inline(__always)
  private static func rounded(_ number: Double) -> UInt8? {
    // False of numbers that are none.
    guard number > -0.5, number < 255.5 else { return nil }
    return UInt8(number.rounded())
  }

  /// What elements are expected to be, for messages.
  var expectation: String {
    switch self {
    case .binary: "0 or 1, as all before it"
    case .bytes: "0 to 255"
    case .words: "0 to 65535"
    case .unit: "0 to 1, as its first images have"
    }
  }
}
