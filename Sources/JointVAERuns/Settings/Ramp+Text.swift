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

/// Whether a setting, such as the optimizer's step size, comes down to a share of itself.
public enum DecayChoice: Hashable, Sendable {
  /// It stays what it is.
  case none
  /// It comes down to the ramp's value.
  case share(Ramp)

  /// The decay itself; nil for none.
  var ramp: Ramp? { if case .share(let ramp) = self { ramp } else { nil } }

  /// `none` or the ramp, as `init(text:name:)` reads it.
  var text: String { ramp?.text ?? "none" }

  /// Reads `none` or a ramp, such as `0.1@20000-28000`.
  ///
  /// - Parameters:
  ///   - text: `none` or a ramp.
  ///   - name: the setting's, for the error.
  /// - Throws: `ConfigurationError` naming the text that is neither.
  public init(text: String, name: String) throws {
    guard text != "none" else {
      self = .none
      return
    }
    guard let ramp = Ramp(text: text) else {
      throw ConfigurationError(
        name, text, expected: "a share and two steps, such as 0.1@20000-28000, or none")
    }
    self = .share(ramp)
  }
}
