/// What the encoder finds in a batch: the parameters of q(z, c | x).
public struct Encoding: Equatable, Sendable {
  /// The latent variables.
  public let latents: LatentSpec
  /// Images.
  public let count: Int
  /// Means of z, `[image, D]`.
  public let mean: [Float]
  /// Logarithms of the variances of z, `[image, D]`.
  public let logVariance: [Float]
  /// For each discrete variable the probabilities of its categories, alpha, `[image, K]`.
  public let probabilities: [[Float]]

  /// An encoding of `count` images; the arrays are laid out as their properties say.
  public init(
    latents: LatentSpec, count: Int, mean: [Float], logVariance: [Float], probabilities: [[Float]]
  ) {
    precondition(mean.count == count * latents.continuous && logVariance.count == mean.count)
    precondition(probabilities.map(\.count) == latents.discrete.map { $0 * count })
    self.latents = latents
    self.count = count
    self.mean = mean
    self.logVariance = logVariance
    self.probabilities = probabilities
  }

  /// The code of image `index` without randomness: z its mean, c its most probable category.
  public func code(of index: Int) -> LatentCode {
    var code = LatentCode(latents)
    for dimension in 0..<latents.continuous {
      code[continuous: dimension] = mean[index * latents.continuous + dimension]
    }
    for variable in latents.discrete.indices {
      code[discrete: variable] = mostProbableCategory(of: index, variable: variable)
    }
    return code
  }

  /// The codes of all images, without randomness.
  public var codes: [LatentCode] { (0..<count).map(code) }

  /// The vectors of `codes` in one array, `[image, dimension]`.
  package func modes() -> [Float] {
    var vectors: [Float] = []
    vectors.reserveCapacity(count * latents.dimension)
    for image in 0..<count {
      vectors += mean[image * latents.continuous..<(image + 1) * latents.continuous]
      for variable in latents.discrete.indices {
        let category = mostProbableCategory(of: image, variable: variable)
        vectors += (0..<latents.discrete[variable]).map { $0 == category ? 1 : 0 }
      }
    }
    return vectors
  }

  /// The category with the largest alpha; the first of equals.
  public func mostProbableCategory(of image: Int, variable: Int = 0) -> Int {
    let categories = latents.discrete[variable]
    let start = image * categories
    var best = 0
    for k in 1..<max(categories, 1)
    where probabilities[variable][start + k] > probabilities[variable][start + best] {
      best = k
    }
    return best
  }
}
