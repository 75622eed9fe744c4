/// A latent variable that is given a value instead of a draw from the prior.
///
/// ```swift
/// let threes = try model.sample(8, fixing: [.category(3), .continuous(2, -1.5)])
/// ```
public enum FixedLatent: Hashable, Sendable {
  /// Dimension `index` of z, at a value; most of the prior lies between -2 and 2.
  case continuous(_ index: Int, Double)
  /// Discrete variable `index`, in a category counted from 0.
  case discrete(_ index: Int, category: Int)

  /// The first discrete variable, in a category counted from 0.
  public static func category(_ category: Int) -> FixedLatent { .discrete(0, category: category) }

  /// The variable that is fixed.
  public var variable: LatentVariable {
    switch self {
    case .continuous(let index, _): .continuous(index)
    case .discrete(let index, _): .discrete(index)
    }
  }

  /// - Throws: `ModelError.latent` when `latents` has no such variable, `ModelError.latentValue` for a value that is not
  ///   finite, `ModelError.category` for a category that the variable does not have.
  func validate(in latents: LatentSpec) throws {
    switch self {
    case .continuous(let index, let value):
      guard (0..<latents.continuous).contains(index) else {
        throw ModelError.latent(variable, latents: latents)
      }
      guard Float(value).isFinite else { throw ModelError.latentValue(variable, value) }
    case .discrete(let index, let category):
      guard latents.discrete.indices.contains(index) else {
        throw ModelError.latent(variable, latents: latents)
      }
      guard (0..<latents.discrete[index]).contains(category) else {
        throw ModelError.category(category, variable: index, latents: latents)
      }
    }
  }
}

extension Sequence<FixedLatent> {
  /// - Throws: as `FixedLatent.validate`; `ModelError.fixedTwice` for two values of one variable.
  func validate(in latents: LatentSpec) throws {
    var seen: Set<LatentVariable> = []
    for fixed in self {
      try fixed.validate(in: latents)
      guard seen.insert(fixed.variable).inserted else {
        throw ModelError.fixedTwice(fixed.variable)
      }
    }
  }
}
