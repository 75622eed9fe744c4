import CLibrary
import JointVAE
import JointVAEKernels

/// The mutual information gap by the estimator of Chen et al. (2018, section 4): from the densities of the posteriors
/// instead of a histogram of their means.
public enum SampledInformationGap {
  /// The score of a model's posteriors, under protocol `mig/chen`.
  ///
  /// For each latent j and factor k, the information is the mean over samples z of q(z | x), one of every image x:
  ///
  ///     I(z_j; v_k) = E[ log (1/N_v sum of q(z_j | y) over images y with the same v_k) - log (1/N sum of q(z_j | y) over all y) ]
  ///
  /// The gap is that between the best two latents, divided by the entropy of the factor; negative estimates count 0. A discrete
  /// variable is one latent, and its sums are exact. Unlike a histogram of means, densities know how sure a code is. A latent
  /// whose deviation is far smaller than the distance between images tells every image apart, and then it seems to know of
  /// every factor.
  ///
  /// - Parameters:
  ///   - code: the codes; for variables seen one-hot there is no score.
  ///   - includesClass: whether the factor that is the images' class counts. The authors' own program leaves the shape of
  ///     dSprites out.
  /// - Returns: nil without posteriors, and for `includesClass` false where no factor is the class or no other one varies.
  /// - Throws: `MetricError` when no factor varies.
  public static func score(
    _ code: FactorCode, includesClass: Bool = true
  ) throws -> ScoreResult? {
    guard let posterior = code.posterior, code.discreteCode != .oneHot else { return nil }
    if !includesClass, code.classFactor == nil { return nil }
    let labels = code.training.labels
    let factors = try checkedFactors(code.training.representation, labels)
      .filter { includesClass || $0 != code.classFactor }
    guard !factors.isEmpty else { return nil }
    let information = code.information(posterior)
    let gaps = factors.map { factor in
      topGap(information.map { $0[factor] }) / labels.entropy(of: factor)
    }
    return ScoreResult(
      name: "mig", protocol: includesClass ? "mig/chen" : "mig/chen without class",
      value: gaps.reduce(0, +) / Double(gaps.count),
      parts: Dictionary(
        zip(factors.map { "gap.\(labels.names[$0])" }, gaps)
      ) { first, _ in first },
      counts: ["images": posterior.count, "samples": posterior.count],
      settings: includesClass
        ? [:] : ["without": code.classFactor.map { labels.names[$0] } ?? ""],
      constantFactors: labels.constantFactorNames)
  }

  /// The information of every latent about every factor in nats, `[latent][factor]`; that of a factor that does not vary is 0.
  ///
  /// - Parameters:
  ///   - posterior: of each image.
  ///   - labels: what the images were made from.
  ///   - workers: threads; they do not change the result.
  ///   - noise: a standard normal number for an image and a dimension of z.
  package static func information(
    _ posterior: Encoding, _ labels: FactorLabels, workers: Workers,
    noise: @Sendable (_ image: Int, _ dimension: Int) -> Double
  ) -> [[Double]] {
    let continuous = posterior.latents.continuous
    let groups = FactorGroups(labels)
    let results = UnsafeMutableBufferPointer<[Double]>.allocate(capacity: continuous)
    results.initialize(repeating: [])
    defer {
      results.deinitialize()
      results.deallocate()
    }
    workers.run(continuous) { dimension, _ in
      results[dimension] = DensityInformation(posterior, dimension: dimension)
        .information(groups) { noise($0, dimension) }
    }
    return Array(results)
      + posterior.latents.discrete.indices.map {
        categoryInformation(posterior, variable: $0, groups)
      }
  }

  /// `H(c) - H(c | v)` of the mean probabilities of all images and of those with the same value, in nats.
  private static func categoryInformation(
    _ posterior: Encoding, variable: Int, _ groups: FactorGroups
  ) -> [Double] {
    let width = posterior.latents.discrete[variable]
    func entropy(of images: [Int]) -> Double {
      var means = [Double](repeating: 0, count: width)
      for image in images {
        for k in 0..<width {
          means[k] += Double(posterior.probabilities[variable][image * width + k])
        }
      }
      // Probabilities in 32 bits add up to nearly 1.
      let sum = means.reduce(0, +)
      return means.reduce(0) { $1 > 0 ? $0 - $1 / sum * log($1 / sum) : $0 }
    }
    let whole = entropy(of: Array(0..<posterior.count))
    return groups.images.map { values in
      let known = values.reduce(0) {
        $0 + Double($1.count) / Double(posterior.count) * entropy(of: $1)
      }
      return max(0, whole - known)
    }
  }
}

extension FactorCode {
  /// The information of every latent about every factor, by samples of the protocol's seed.
  fileprivate func information(_ posterior: Encoding) -> [[Double]] {
    sampled.value {
      let random = Philox(seed: counts.seed)
      return SampledInformationGap.information(
        posterior, training.labels, workers: Workers(count: max(1, threads))
      ) { image, dimension in
        let words = random.words(
          SIMD4(
            UInt32(truncatingIfNeeded: dimension), UInt32(truncatingIfNeeded: image), 0,
            RandomPurpose.informationNormal.rawValue))
        return Double(Philox.normals(words[0], words[1]).0)
      }
    }
  }
}
