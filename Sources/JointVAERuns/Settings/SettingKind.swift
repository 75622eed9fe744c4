/// Which values a setting may have, for expectations, completions, the schema of experiments and documentation.
///
/// It describes what to write, for people and editors. The configuration checks what a run can be trained with.
public enum SettingKind: Sendable {
  /// A free text; `expected` describes it.
  case text(expected: String)
  /// The path of a file or folder.
  case path(expected: String)
  /// `true` or `false`; the option takes no value.
  case flag
  /// `true` or `false`; the option has a form with `--no-`.
  case toggle
  /// One of these words.
  case words([String])
  /// A whole number within these bounds; nil for no largest one.
  case whole(from: Int, to: Int? = nil)
  /// Pixels of a square's side, or height and width such as `48x80`.
  case size(expected: String)
  /// A number within these bounds.
  case number(NumberBounds)
  /// A number within these bounds, or `none`.
  case numberOrNone(NumberBounds)
  /// So many numbers with commas, each within these bounds.
  case numbers(count: Int, NumberBounds)
  /// One number or several with commas, each within these bounds, or `none`.
  case numbersOrNone(NumberBounds)
  /// Whole numbers with commas, or one of them, or `none`.
  case counts(expected: String)
  /// Words with commas.
  case names(expected: String)
  /// A word, or a column's number.
  case column(expected: String)
  /// Four numbers and, behind them, a ramp.
  case capacity(expected: String)
  /// A word with its parameters.
  case loss(expected: String)

  /// Bounds of a number; nil for none.
  public struct NumberBounds: Sendable {
    /// The smallest value.
    public var minimum: Double?
    /// What every value is above.
    public var above: Double?
    /// What every value is below.
    public var below: Double?

    /// Bounds; those left out do not hold.
    public init(minimum: Double? = nil, above: Double? = nil, below: Double? = nil) {
      self.minimum = minimum
      self.above = above
      self.below = below
    }

    /// The bounds in words, after a space; empty where there are none.
    fileprivate var text: String {
      let parts = [
        minimum.map { "at least \(Self.short($0))" }, above.map { "above \(Self.short($0))" },
        below.map { "below \(Self.short($0))" },
      ].compactMap { $0 }
      return parts.isEmpty ? "" : " " + parts.joined(separator: " and ")
    }

    /// `0` of 0.0.
    private static func short(_ number: Double) -> String {
      Int(exactly: number).map(String.init) ?? "\(number)"
    }
  }

  /// What was expected of a text that is no such value.
  public var expectation: String {
    switch self {
    case .text(let expected), .path(let expected), .counts(let expected), .names(let expected),
      .column(let expected), .size(let expected), .capacity(let expected), .loss(let expected):
      expected
    case .flag, .toggle: "true or false"
    case .words(let words): Self.choice(words)
    case .whole: "a whole number"
    case .number: "a number"
    case .numberOrNone: "a number or none"
    case .numbers(let count, _): "\(count) numbers with commas"
    case .numbersOrNone(let bounds): "numbers" + bounds.text + " with commas, or none"
    }
  }

  /// `crop, pad or stretch`.
  private static func choice(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Whether the option takes no value.
  package var isWithoutValue: Bool {
    switch self {
    case .flag, .toggle: true
    default: false
    }
  }

  /// The allowed values with their bounds, for documentation.
  public var range: String {
    switch self {
    case .whole(let first, nil): return "a whole number, at least \(first)"
    case .whole(let first, let last?): return "a whole number from \(first) to \(last)"
    case .number(let bounds): return "a number" + bounds.text
    case .numberOrNone(let bounds): return "a number" + bounds.text + ", or none"
    case .numbers(let count, let bounds):
      return "\(count) numbers with commas" + (bounds.text.isEmpty ? "" : ", each") + bounds.text
    case .numbersOrNone(let bounds):
      return "a number" + bounds.text + ", or several with commas, or none"
    default: return expectation
    }
  }
}
