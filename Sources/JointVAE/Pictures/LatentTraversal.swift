/// Latent vectors for pictures that show what each latent variable does.
///
/// The reference's rule: a continuous latent takes the values of the prior's quantiles from 0.05 to 0.95, evenly spaced in
/// probability; a discrete one takes its categories in turn; all other latents stay at the base.
public struct LatentTraversal: Hashable, Sendable {
  /// The latent variables of the model.
  public var latents: LatentSpec { base.latents }
  /// The code that all but the traversed variables keep.
  public let base: LatentCode

  /// Traversals around the prior's center: z = 0 and category 0 of every discrete variable, as in the reference.
  public init(_ latents: LatentSpec) { self.init(around: LatentCode(latents)) }

  /// Traversals around `base`, such as the code of an image or a draw from the prior.
  public init(around base: LatentCode) { self.base = base }

  /// Points from one end of a latent to the other that show every category: 8 as in the reference, and up to 32 where a
  /// discrete variable has more categories.
  public static func pointCount(for latents: LatentSpec) -> Int {
    max(8, min(latents.discrete.max() ?? 0, 32))
  }

  /// The codes with `variable` at `count` points, the rest at the base.
  ///
  /// A discrete variable with fewer categories than `count` begins again.
  public func line(_ variable: LatentVariable, count: Int) -> [LatentCode] {
    (0..<count).map { point in
      var code = base
      set(variable, at: point, of: count, in: &code)
      return code
    }
  }

  /// Two variables against each other: `rows.count * columns.count` codes, row by row.
  public func grid(
    rows: (variable: LatentVariable, count: Int), columns: (variable: LatentVariable, count: Int)
  ) -> [LatentCode] {
    (0..<rows.count).flatMap { row in
      (0..<columns.count).map { column in
        var code = base
        set(rows.variable, at: row, of: rows.count, in: &code)
        set(columns.variable, at: column, of: columns.count, in: &code)
        return code
      }
    }
  }

  /// A line of each of `variables`, or of every latent in order when nil: `variables.count * count` codes.
  public func all(_ variables: [LatentVariable]? = nil, count: Int) -> [LatentCode] {
    (variables ?? latents.variables).flatMap { line($0, count: count) }
  }

  /// The code with z`index` at the prior's quantile `probability`, above 0 and below 1.
  public func code(continuous index: Int, atQuantile probability: Double) -> LatentCode {
    var code = base
    code[continuous: index] = Float(NormalQuantile.value(at: probability))
    return code
  }

  /// The code with discrete variable `index` in `category`.
  public func code(discrete index: Int, category: Int) -> LatentCode {
    var code = base
    code[discrete: index] = category
    return code
  }

  private func set(
    _ variable: LatentVariable, at point: Int, of count: Int, in code: inout LatentCode
  ) {
    switch variable {
    case .continuous(let index):
      code[continuous: index] = Float(NormalQuantile.value(at: Self.probability(point, of: count)))
    case .discrete(let index): code[discrete: index] = point % latents.discrete[index]
    }
  }

  /// Point `point` of `count` evenly spaced ones from 0.05 to 0.95; a single one stands in the middle.
  private static func probability(_ point: Int, of count: Int) -> Double {
    count > 1 ? 0.05 + 0.9 * Double(point) / Double(count - 1) : 0.5
  }
}
