import CLibrary
import JointVAE

/// What a model's code carries about the images it was measured on.
///
/// A KL divergence does not say that: a posterior that is the same for every image may be far from the prior, and carries
/// nothing. The mutual information I(x; z_i) is the mean KL less that of the aggregate posterior,
/// `E_x KL(q(z_i|x) || p) - KL(q(z_i) || p)` (Hoffman and Johnson 2016), and at most the KL.
public struct CodeInformation: Hashable, Codable, Sendable {
  /// The number of images. No latent can carry more than its logarithm.
  public var images: Int
  /// I(x; z_i) of each dimension of z, in nats.
  public var continuous: [Double]
  /// I(x; c_j) of each discrete variable, in nats.
  public var discrete: [Double]
  /// The variance over the images of each dimension's posterior mean.
  public var meanVariances: [Double]

  /// The variance of a mean from which a dimension counts as active (Burda et al. 2016, section 5.2).
  public static let activityThreshold = 0.01
  /// Nats below which a code counts as empty.
  public static let emptyThreshold = 0.1

  /// The information of an encoding.
  ///
  /// The images stand for the distribution of x. The entropy of a dimension's aggregate posterior, a mixture of as many
  /// normal densities, is integrated numerically; that of a discrete variable is exact.
  /// - Precondition: there is at least one image.
  public init(_ encoding: Encoding) {
    let (count, dimensions) = (encoding.count, encoding.latents.continuous)
    images = count
    meanVariances = (0..<dimensions).map { dimension in
      let means = (0..<count).map { Double(encoding.mean[$0 * dimensions + dimension]) }
      let center = means.reduce(0, +) / Double(count)
      return means.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(count)
    }
    let largest = log(Double(count))
    continuous = (0..<dimensions).map { dimension in
      let places = stride(from: dimension, to: count * dimensions, by: dimensions)
      let information = NormalMixture(
        means: places.map { Double(encoding.mean[$0]) },
        deviations: places.map { exp(0.5 * Double(encoding.logVariance[$0])) }
      ).information
      return min(max(information, 0), largest)
    }
    discrete = zip(encoding.latents.discrete, encoding.probabilities).map { categories, alphas in
      var mean = [Double](repeating: 0, count: categories)
      var conditional = 0.0
      for (place, alpha) in alphas.enumerated() {
        mean[place % categories] += Double(alpha) / Double(count)
        conditional -= KLDivergence.category(Double(alpha)) / Double(count)
      }
      let marginal = -mean.reduce(0) { $0 + KLDivergence.category($1) }
      return min(max(marginal - conditional, 0), largest)
    }
  }

  /// An upper bound of I(x; z, c): the sum over all latents.
  public var total: Double { (continuous + discrete).reduce(0, +) }

  /// Dimensions of z whose mean varies with the image (Burda et al. 2016).
  public var activeUnits: Int { meanVariances.count { $0 > Self.activityThreshold } }

  /// Whether the code carries next to nothing, so that reconstructions look alike.
  public var isEmpty: Bool { total < Self.emptyThreshold }

  /// The information of `variable`; 0 for one the model does not have.
  public subscript(variable: LatentVariable) -> Double {
    switch variable {
    case .continuous(let index): continuous.indices.contains(index) ? continuous[index] : 0
    case .discrete(let index): discrete.indices.contains(index) ? discrete[index] : 0
    }
  }
}

/// An even mixture of normal densities on a line.
struct NormalMixture {
  var means: [Double]
  var deviations: [Double]

  /// Points of the grid at most; densities narrower than its spacing are widened to it.
  private static let pointLimit = 1 << 16
  /// Deviations from a mean beyond which its density is left out: 3e-11 of its mass.
  private static let reach = 6.5

  /// The mutual information of the component and the point: the mixture's entropy less the components' mean, in nats.
  var information: Double {
    let lower = zip(means, deviations).map { $0 - Self.reach * $1 }.min() ?? 0
    let upper = zip(means, deviations).map { $0 + Self.reach * $1 }.max() ?? 0
    // On a grid of half a deviation the sum over a normal density differs from its integral by 1e-8.
    let spacing = max((deviations.min() ?? 1) / 2, (upper - lower) / Double(Self.pointLimit))
    guard spacing > 0, spacing.isFinite else { return 0 }
    let points = Int((upper - lower) / spacing) + 2
    var density = [Double](repeating: 0, count: points)
    let share = 1 / Double(means.count)
    var conditional = 0.0
    for (mean, deviation) in zip(means, deviations) {
      let width = max(deviation, 2 * spacing)
      conditional += share * (log(width) + 0.5 * (1 + log(2 * Double.pi)))
      let scale = share / (width * (2 * Double.pi).squareRoot())
      let first = max(0, Int((mean - Self.reach * width - lower) / spacing))
      let last = min(points - 1, Int((mean + Self.reach * width - lower) / spacing) + 1)
      guard first <= last else { continue }
      for point in first...last {
        let distance = (lower + Double(point) * spacing - mean) / width
        density[point] += scale * exp(-0.5 * distance * distance)
      }
    }
    let entropy = -spacing * density.reduce(0) { $1 > 0 ? $0 + $1 * log($1) : $0 }
    return entropy - conditional
  }
}
