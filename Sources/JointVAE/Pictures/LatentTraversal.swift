/// Latent vectors for pictures that show what each latent variable does.
///
/// The reference's rule: a continuous latent takes the values of the prior's quantiles from 0.05 to 0.95, evenly spaced in
/// probability; a discrete one takes its categories in turn; all other latents stay at the base. A latent vector is z,
/// then every c one-hot, as ``LatentSpec/dimension`` counts them.
public struct LatentTraversal: Hashable, Sendable {
  /// One latent variable.
  public enum Variable: Hashable, Sendable, CustomStringConvertible {
    /// Dimension `index` of z, from 0.
    case continuous(Int)
    /// Discrete variable `index`, from 0.
    case discrete(Int)

    /// Such as `z3` or `c0`.
    public var description: String {
      switch self {
      case .continuous(let index): "z\(index)"
      case .discrete(let index): "c\(index)"
      }
    }
  }

  /// The latent variables of the model.
  public let latents: LatentSpec
  /// The latent vector that all but the traversed variables keep; `latents.dimension` values.
  public let base: [Float]

  /// Traversals around the prior's centre: z = 0 and category 0 of every discrete variable, as in the reference.
  public init(_ latents: LatentSpec) {
    var base = [Float](repeating: 0, count: latents.dimension)
    for index in latents.discrete.indices { base[latents.categories(of: index).lowerBound] = 1 }
    self.init(latents, around: base)
  }

  /// Traversals around `base`, such as the code of an image or a draw from the prior.
  ///
  /// - Parameter base: `latents.dimension` values.
  public init(_ latents: LatentSpec, around base: [Float]) {
    precondition(base.count == latents.dimension)
    self.latents = latents
    self.base = base
  }

  /// Points from one end of a latent to the other that show every category: 8 as in the reference, and up to 32 where a
  /// discrete variable has more categories.
  public static func pointCount(for latents: LatentSpec) -> Int {
    max(8, min(latents.discrete.max() ?? 0, 32))
  }

  /// Every latent variable of `latents`: z0, z1, ..., then c0, c1, ...
  public static func variables(of latents: LatentSpec) -> [Variable] {
    (0..<latents.continuous).map(Variable.continuous)
      + latents.discrete.indices.map(Variable.discrete)
  }

  /// `variable` at `count` points, the rest at the base: `[count, dimension]`.
  ///
  /// A discrete variable with fewer categories than `count` begins again.
  public func line(_ variable: Variable, count: Int) -> [Float] {
    (0..<count).flatMap { point in
      var vector = base
      set(variable, at: point, of: count, in: &vector)
      return vector
    }
  }

  /// Two variables against each other: `[rows.count * columns.count, dimension]`, row by row.
  public func grid(
    rows: (variable: Variable, count: Int), columns: (variable: Variable, count: Int)
  ) -> [Float] {
    (0..<rows.count).flatMap { row in
      (0..<columns.count).flatMap { column in
        var vector = base
        set(rows.variable, at: row, of: rows.count, in: &vector)
        set(columns.variable, at: column, of: columns.count, in: &vector)
        return vector
      }
    }
  }

  /// A line of each of `variables`, or of every latent in order when nil: `[variables * count, dimension]`.
  public func all(_ variables: [Variable]? = nil, count: Int) -> [Float] {
    (variables ?? Self.variables(of: latents)).flatMap { line($0, count: count) }
  }

  /// The latent vector with z`index` at the prior's quantile `probability`, above 0 and below 1.
  public func vector(continuous index: Int, atQuantile probability: Double) -> [Float] {
    var vector = base
    vector[index] = Float(NormalQuantile.value(at: probability))
    return vector
  }

  /// The latent vector with discrete variable `index` in `category`.
  public func vector(discrete index: Int, category: Int) -> [Float] {
    var vector = base
    set(category, of: index, in: &vector)
    return vector
  }

  private func set(_ variable: Variable, at point: Int, of count: Int, in vector: inout [Float]) {
    switch variable {
    case .continuous(let index):
      vector[index] = Float(NormalQuantile.value(at: Self.probability(point, of: count)))
    case .discrete(let index):
      set(point % latents.discrete[index], of: index, in: &vector)
    }
  }

  private func set(_ category: Int, of index: Int, in vector: inout [Float]) {
    let categories = latents.categories(of: index)
    for place in categories { vector[place] = 0 }
    vector[categories.lowerBound + category] = 1
  }

  /// Point `point` of `count` evenly spaced ones from 0.05 to 0.95; a single one stands in the middle.
  private static func probability(_ point: Int, of count: Int) -> Double {
    count > 1 ? 0.05 + 0.9 * Double(point) / Double(count - 1) : 0.5
  }
}
