import JointVAE

extension LatentTraversal.Variable {
  /// The variable that `text`, such as `z3` or `c0`, names.
  /// - Throws: `ConfigurationError` when it names none.
  public init(text: String) throws {
    guard let index = Int(text.dropFirst()), index >= 0, text.dropFirst().allSatisfy(\.isNumber)
    else { throw Self.unknown(text) }
    switch text.first {
    case "z": self = .continuous(index)
    case "c": self = .discrete(index)
    default: throw Self.unknown(text)
    }
  }

  /// - Throws: `ConfigurationError` when `latents` has no such variable.
  public func validate(in latents: LatentSpec) throws {
    let variables = LatentTraversal.variables(of: latents)
    guard variables.contains(self) else {
      throw ConfigurationError(
        "latent", description,
        expected: "one of this model's: " + variables.map(\.description).joined(separator: " "))
    }
  }

  private static func unknown(_ text: String) -> ConfigurationError {
    ConfigurationError(
      "latent", text, expected: "z and a number, such as z3, or c and a number, such as c0")
  }
}
