/// What the elements of an array stand for.
enum PixelScale: Hashable {
  /// 0 and 1, black and white.
  case binary
  /// 0...255.
  case bytes
  /// 0...65535, of 16 bits: `value / 257`, rounded.
  case words
  /// Fractions 0...1: `255 * value`, rounded.
  case unit
  /// From black to white, as the user gives them.
  case range(ValueRange)

  /// The scale from black to white that a user gives.
  init(_ range: ValueRange) {
    self = range == PixelScale.bytes.range ? .bytes : .range(range)
  }

  /// What the numbers of an array can be, which decides how their range is understood.
  enum Numbers {
    /// False and true.
    case truthValues
    /// Whole numbers.
    case whole
    /// Whole numbers of 16 bits, which are 0...65535 when one is above 255.
    case words
    /// Numbers with fractions.
    case fractions

    /// What errors call them.
    var words: String {
      switch self {
      case .truthValues: "truth values"
      case .whole: "whole numbers"
      case .words: "whole numbers of 16 bits"
      case .fractions: "fractions"
      }
    }
  }

  /// What elements stand for that reach over `range`; nil when nothing usual has such values.
  ///
  /// Fractions are 0...1 when none is above 1, as rounded: resizing leaves values a little beyond. All others
  /// are 0...255, except that those of 16 bits reach to 65535 when one is above 255, and that nothing but zeros and
  /// ones is black and white. Nothing but zeros is taken for black pixels.
  init?(of range: ValueRange, _ numbers: Numbers) {
    let (least, most) = (range.minimum, range.maximum)
    func fits(_ scale: PixelScale) -> Bool {
      scale.pixel(least) != nil && scale.pixel(most) != nil
    }
    switch numbers {
    case .truthValues: self = .binary
    case .fractions where fits(.unit): self = .unit
    case .whole where least >= 0 && most == 1, .words where least >= 0 && most == 1: self = .binary
    case _ where fits(.bytes): self = .bytes
    case .words where fits(.words): self = .words
    default: return nil
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
    case .range(let range):
      return Self.rounded(255 * ((number - range.minimum) / (range.maximum - range.minimum)))
    }
  }

  @inline(__always)
  private static func rounded(_ number: Double) -> UInt8? {
    // False of numbers that are none.
    guard number > -0.5, number < 255.5 else { return nil }
    return UInt8(number.rounded())
  }

  /// The values of black and white.
  var range: ValueRange {
    switch self {
    case .binary, .unit: ValueRange(0, 1)
    case .bytes: ValueRange(0, 255)
    case .words: ValueRange(0, 65535)
    case .range(let range): range
    }
  }
}

/// How elements are to be read, as far as that is known before they are.
package struct PixelExpectation: Hashable, Sendable {
  /// The values of black and white that the user gives; nil to find out.
  package var values: ValueRange?
  /// What an earlier pass through the same files found; nil before the first.
  package var found: ValueRange?

  /// An expectation of one's own; nothing by default.
  package init(values: ValueRange? = nil, found: ValueRange? = nil) {
    self.values = values
    self.found = found
  }
}

/// What elements were found, and what they were taken for.
package struct PixelValues: Hashable, Sendable {
  /// The smallest and the largest element.
  package var found: ValueRange
  /// The values of black and white.
  package var range: ValueRange
  /// Whether the elements are truth values, or nothing but 0 and 1.
  package var isBinary: Bool

  /// Elements over `found`, taken for `range`.
  package init(found: ValueRange, range: ValueRange, isBinary: Bool) {
    self.found = found
    self.range = range
    self.isBinary = isBinary
  }
}

/// Thrown when an array's elements turn out to be others than its beginning promised. The files are to be
/// read once more, now that the range of all elements is known.
package struct ScaleRefuted: Error, Equatable {
  /// The smallest and the largest element of the whole array.
  package var found: ValueRange

  /// Elements over `found`.
  package init(found: ValueRange) { self.found = found }
}
