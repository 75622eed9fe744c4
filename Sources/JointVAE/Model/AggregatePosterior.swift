/// How the codes of a data set's images lie: a mixture of normal distributions, one for each combination of categories.
///
/// The aggregate posterior q(z, c) is the mean of q(z, c | x) over all images x. The prior that a model is trained with is no more
/// than an upper bound on how far codes spread, and where q(z, c) differs from it, the decoder has never learned what it draws. So
/// samples of a distribution that was fitted to the codes look more like the images (Ghosh et al. 2020, "From Variational to
/// Deterministic Autoencoders", section 4).
public struct AggregatePosterior: Hashable, Codable, Sendable {
  /// The images of one combination of categories.
  public struct Component: Hashable, Codable, Sendable {
    /// A category of each of the first discrete variables, as many as combinations are told apart by.
    public var categories: [Int]
    /// The share of images that have them.
    public var weight: Float
    /// The mean of z, `[D]`.
    public var mean: [Float]
    /// The Cholesky factor of the covariance of z: the lower triangle, row by row, `[D (D + 1) / 2]`.
    public var factor: [Float]
  }

  /// The combinations, the most frequent first.
  public private(set) var components: [Component]

  /// Continuous variables beyond which the covariances are too large to keep.
  public static let continuousLimit = 32
  /// Combinations of categories beyond which no further discrete variable is told apart; its categories are drawn uniformly.
  public static let combinationLimit = 100

  /// A mixture of known components.
  init(components: [Component]) { self.components = components }

  /// What is wrong with it for a model with `latents`; nil when nothing is.
  package func misfit(in latents: LatentSpec) -> String? {
    let dimension = latents.continuous
    guard !components.isEmpty, components.count <= Self.combinationLimit else {
      return "\(components.count) components; expected from 1 to \(Self.combinationLimit)"
    }
    for (number, component) in components.enumerated() {
      let counts = latents.discrete.prefix(component.categories.count)
      guard component.categories.count == counts.count,
        component.categories.count == components[0].categories.count,
        zip(component.categories, counts).allSatisfy({ (0..<$1).contains($0) })
      else {
        return
          "component \(number) of the categories \(component.categories); the latents are \(latents)"
      }
      guard component.mean.count == dimension,
        component.factor.count == dimension * (dimension + 1) / 2
      else {
        return
          "component \(number) with \(component.mean.count) means and \(component.factor.count) factors; expected "
          + "\(dimension) and \(dimension * (dimension + 1) / 2)"
      }
      guard (component.mean + component.factor).allSatisfy(\.isFinite), component.weight > 0,
        component.weight <= 1
      else { return "component \(number) with a number that is out of range" }
    }
    return nil
  }

  /// The places of the components that have the categories which are fixed; all where none has.
  func components(with fixed: [FixedLatent]) -> [Int] {
    let matching = components.indices.filter { place in
      fixed.allSatisfy { latent in
        guard case .discrete(let variable, let category) = latent,
          components[place].categories.indices.contains(variable)
        else { return true }
        return components[place].categories[variable] == category
      }
    }
    return matching.isEmpty ? Array(components.indices) : matching
  }

  /// The component that a number from 0 to 1 falls on, among some.
  func component(at number: Double, among places: [Int]) -> Component {
    let total = places.reduce(0.0) { $0 + Double(components[$1].weight) }
    var rest = number * total
    for place in places {
      rest -= Double(components[place].weight)
      if rest < 0 { return components[place] }
    }
    return components[places[places.count - 1]]
  }
}

extension AggregatePosterior.Component {
  /// z of independent standard normal numbers: m + L e.
  func codes(of normals: [Float]) -> [Float] {
    var start = 0
    return mean.indices.map { row in
      var value = mean[row]
      for column in 0...row { value += factor[start + column] * normals[column] }
      start += row + 1
      return value
    }
  }
}

/// What codes are drawn from.
public enum LatentSource: Hashable, Sendable {
  /// The prior: z standard normal, every c uniform.
  case prior
  /// A distribution that was fitted to the codes of images.
  case aggregate(AggregatePosterior)
}
