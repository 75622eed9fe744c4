import JointVAE

extension Ramp {
  /// The ramp as the command line gives it: `value@from-to`, such as `0.1@20000-28000`.
  public var text: String { "\(value)@\(start)-\(end)" }

  /// Reads what `text` writes; nil when it is something else.
  init?(text: some StringProtocol) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let value = Double(parts[0]) else { return nil }
    let steps = parts[1].split(separator: "-", omittingEmptySubsequences: false)
    guard steps.count == 2, let start = Int(steps[0]), let end = Int(steps[1]) else { return nil }
    self.init(to: value, from: start, through: end)
  }
}

/// Whether the optimiser's step size comes down.
public enum LearningRateDecayChoice: Hashable, Sendable {
  /// It stays what it is.
  case none
  /// It comes down to a share of itself.
  case share(Ramp)

  /// Reads `none` or a ramp, such as `0.1@20000-28000`.
  /// - Throws: `ConfigurationError` naming the text that is neither.
  public init(text: String) throws {
    guard text != "none" else {
      self = .none
      return
    }
    guard let ramp = Ramp(text: text) else {
      throw ConfigurationError(
        "learning rate decay", text,
        expected: "a share of the learning rate and two steps, such as 0.1@20000-28000, or none")
    }
    self = .share(ramp)
  }
}
