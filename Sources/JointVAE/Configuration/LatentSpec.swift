/// The latent variables of a model: how many continuous ones, and the number of values of each discrete one.
public struct LatentSpec: Hashable, Codable, Sendable, CustomStringConvertible {
  /// The dimension D of z.
  public var continuous: Int
  /// The number of categories K of each discrete variable c; 1 is legal and carries no information.
  public var discrete: [Int]

  /// `continuous` dimensions of z and a discrete variable for each entry of `discrete`.
  public init(continuous: Int, discrete: [Int] = []) {
    self.continuous = continuous
    self.discrete = discrete
  }

  /// Categories of all discrete variables together.
  public var categoryCount: Int { discrete.reduce(0, +) }

  /// Values of one latent vector: z, then every c one-hot.
  public var dimension: Int { continuous + categoryCount }

  /// Whether there are latents of a kind.
  func has(_ kind: LatentKind) -> Bool {
    switch kind {
    case .continuous: continuous > 0
    case .discrete: !discrete.isEmpty
    }
  }

  /// Where the categories of discrete variable `index` stand in a latent vector.
  public func categories(of index: Int) -> Range<Int> {
    let start = continuous + discrete[..<index].reduce(0, +)
    return start..<start + discrete[index]
  }

  /// Such as `10 + [10]`.
  public var description: String { "\(continuous) + \(discrete)" }

  /// Variables of either kind beyond which a specification is taken for a slip.
  static let limit = 4096

  /// - Throws: `ConfigurationError` when there is no variable at all, or a count is out of range.
  public func validate() throws {
    guard (0...Self.limit).contains(continuous) else {
      throw ConfigurationError(
        "continuous latents", "\(continuous)", expected: "a number from 0 to \(Self.limit)")
    }
    for categories in discrete where !(1...Self.limit).contains(categories) {
      throw ConfigurationError(
        "discrete latents", "\(discrete)",
        expected: "from 1 to \(Self.limit) categories for each variable")
    }
    guard dimension > 0 else {
      throw ConfigurationError(
        "latents", description, expected: "at least one continuous or discrete variable")
    }
    guard dimension <= Self.limit else {
      throw ConfigurationError(
        "latents", description, expected: "at most \(Self.limit) values in all")
    }
  }
}
