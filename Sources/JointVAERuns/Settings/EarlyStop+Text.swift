import JointVAE
import JointVAEFiles

/// Whether a training may end before its full length.
public enum EarlyStopChoice: Hashable, Sendable {
  /// It does not.
  case none
  /// It does once its objective no longer falls.
  case patience(EarlyStop)

  /// The early stop; nil for none.
  var earlyStop: EarlyStop? { if case .patience(let stop) = self { stop } else { nil } }

  /// `none`, or the patience and its unit, as `init(text:)` reads them.
  var text: String { earlyStop.map { "\($0.patience)\($0.unit.rawValue)" } ?? "none" }

  /// Reads `none`, `20epochs` or `2000steps`.
  ///
  /// A number alone is refused: both units are usual, and they differ by a factor of hundreds.
  /// - Throws: `ConfigurationError`.
  public init(text: String) throws {
    if text == "none" {
      self = .none
      return
    }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let word = text.dropFirst(digits.count).drop { $0 == " " }
    let unit = EarlyStop.Unit.allCases.first {
      word == $0.rawValue || word == $0.rawValue.dropLast()
    }
    guard let patience = Int(digits), let unit else {
      throw ConfigurationError(
        "early stop", text.quoted,
        expected: "a number with its unit, such as 20epochs or 2000steps, or none")
    }
    let stop = EarlyStop(patience: patience, unit: unit)
    try stop.validate()
    self = .patience(stop)
  }
}

extension EarlyStop {
  /// `20 epochs` or `1,200 steps`.
  package var words: String {
    NumberText.count(patience, String(unit.rawValue.dropLast()))
  }
}
