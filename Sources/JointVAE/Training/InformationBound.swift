import CLibrary

/// What latents carry about images at most, in nats: upper bounds of the mutual informations I(x; z_i) and I(x; c_j).
///
/// A KL divergence says less: a posterior that is the same for every image may be far from the prior. The information of
/// z_i is the entropy of its aggregate posterior less the mean entropy of the posteriors (Hoffman and Johnson 2016); no
/// density of the same variance has more entropy than the normal one. For c_j the bound is exact.
public struct InformationBound: Hashable, Sendable {
  /// Of each dimension of z.
  public var continuous: [Double]
  /// Of each discrete variable.
  public var discrete: [Double]

  /// Bounds of given numbers, in nats.
  public init(continuous: [Double], discrete: [Double]) {
    self.continuous = continuous
    self.discrete = discrete
  }

  /// A bound of I(x; z, c): the sum over all latents.
  public var total: Double { (continuous + discrete).reduce(0, +) }

  /// Nats below which a dimension of z carries too little to be seen.
  public static let activityThreshold = 0.1

  /// Dimensions of z that carry more than `activityThreshold`.
  public var activeDimensions: Int { continuous.count { $0 > Self.activityThreshold } }

  /// Whether latents that carry `information` hold next to nothing: less than a tenth of their capacity, both in nats.
  ///
  /// While the capacity is at most 1 nat a model may rightly carry little, and this is false.
  public static func isCollapsed(_ information: Double, capacity: Double) -> Bool {
    capacity > 1 && information < 0.1 * capacity
  }
}

/// Sums over the posteriors of images, from which an `InformationBound` follows.
struct PosteriorMoments: Equatable {
  /// Images that were added.
  var images = 0.0
  /// For each dimension of z, the sum of the means.
  var means: [Double]
  /// For each dimension of z, the sum of the squares of mean and deviation.
  var squares: [Double]
  /// For each dimension of z, the sum of the logarithms of the variance.
  var logVariances: [Double]
  /// For each category of all discrete variables, the sum of alpha.
  var alphas: [Double]
  /// For each discrete variable, the sum of alpha log alpha.
  var negentropies: [Double]
  private let categories: [Int]

  init(_ latents: LatentSpec) {
    let zeros = [Double](repeating: 0, count: latents.continuous)
    (means, squares, logVariances) = (zeros, zeros, zeros)
    alphas = Array(repeating: 0, count: latents.categoryCount)
    negentropies = Array(repeating: 0, count: latents.discrete.count)
    categories = latents.discrete
  }

  /// Adds an image's posterior.
  mutating func add(_ latent: LatentSample) {
    images += 1
    let d = means.count
    for i in 0..<d {
      let (mean, logVariance) = (Double(latent.heads[i]), Double(latent.heads[d + i]))
      means[i] += mean
      squares[i] += mean * mean + exp(logVariance)
      logVariances[i] += logVariance
    }
    var start = 0
    for (variable, count) in categories.enumerated() {
      for k in start..<start + count {
        alphas[k] += Double(latent.alpha[k])
        negentropies[variable] += KLDivergence.category(latent.alpha[k])
      }
      start += count
    }
  }

  /// The bound over all images that were added; nil before the first.
  var bound: InformationBound? {
    guard images > 0 else { return nil }
    let largest = log(images)
    func clamped(_ value: Double) -> Double { min(max(value, 0), largest) }
    let continuous = means.indices.map { i in
      let (mean, logVariance) = (means[i] / images, logVariances[i] / images)
      // The variance of all is no less than the mean of the variances, however the difference is rounded.
      let variance = max(squares[i] / images - mean * mean, exp(logVariance))
      return clamped(0.5 * (log(variance) - logVariance))
    }
    var start = 0
    let discrete = categories.enumerated().map { variable, count in
      let marginal = alphas[start..<start + count].reduce(0) {
        $0 - KLDivergence.category($1 / images)
      }
      start += count
      return clamped(marginal + negentropies[variable] / images)
    }
    return InformationBound(continuous: continuous, discrete: discrete)
  }

  /// All numbers in a row, for a training state.
  var numbers: [Double] {
    [images] + means + squares + logVariances + alphas + negentropies
  }

  /// Takes over `numbers` of equal latents.
  ///
  /// - Precondition: there are as many as now.
  mutating func restore(_ numbers: ArraySlice<Double>) {
    var rest = numbers
    func take(_ values: inout [Double]) {
      for i in values.indices { values[i] = rest.removeFirst() }
    }
    images = rest.removeFirst()
    take(&means)
    take(&squares)
    take(&logVariances)
    take(&alphas)
    take(&negentropies)
  }
}
