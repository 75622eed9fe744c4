/// One latent variable of a model, by its name: `z3` or `c0`.
public enum LatentVariable: Hashable, Sendable, CustomStringConvertible {
  /// Dimension `index` of z, from 0.
  case continuous(Int)
  /// Discrete variable `index`, from 0.
  case discrete(Int)

  /// The variable that `name`, such as `z3` or `c0`, stands for.
  /// - Throws: `ConfigurationError` for any other text.
  public init(name: String) throws {
    let digits = name.dropFirst()
    let index = digits.allSatisfy(\.isNumber) ? Int(digits) : nil
    switch (name.first, index) {
    case ("z", let index?): self = .continuous(index)
    case ("c", let index?): self = .discrete(index)
    default:
      throw ConfigurationError(
        "latent", name, expected: "z and a number, such as z3, or c and a number, such as c0")
    }
  }

  /// Such as `z3` or `c0`.
  public var description: String {
    switch self {
    case .continuous(let index): "z\(index)"
    case .discrete(let index): "c\(index)"
    }
  }

  /// - Throws: `ConfigurationError` when `latents` has no such variable.
  public func validate(in latents: LatentSpec) throws {
    guard latents.variables.contains(self) else {
      throw ConfigurationError(
        "latent", description,
        expected: "one of this model's: "
          + latents.variables.map(\.description).joined(separator: " "))
    }
  }
}

extension LatentSpec {
  /// Every variable: z0, z1, ..., then c0, c1, ...
  public var variables: [LatentVariable] {
    (0..<continuous).map(LatentVariable.continuous)
      + discrete.indices.map(LatentVariable.discrete)
  }
}
