import JointVAE

/// How samples of a model compare with real images: precision, recall, density and coverage (`SampleComparison`).
public struct SampleScore: ModelScore {
  /// Where images and samples are compared.
  public enum Space: String, CaseIterable, Hashable, Sendable {
    /// By their pixels, from 0 to 1. It is the same for all models.
    case pixels
    /// By the model's own code: the means of z, and the probabilities of each c. Two models have two spaces, and their results
    /// cannot be compared.
    case encoder
  }

  /// What results' names begin with.
  public let name = "samples"
  /// Where images and samples are compared.
  public var space: Space
  /// How the codes of images lie, to compare samples of it as well; nil for those of the prior alone.
  public var posterior: AggregatePosterior?
  /// Real images at most, spread over all of them, and as many samples.
  public var count = 2_000
  /// What samples are drawn from.
  public var seed: UInt64
  /// Threads; they do not change the results.
  public var threads: Int

  /// A comparison of up to 2,000 images with as many samples of the prior.
  ///
  /// - Parameters:
  ///   - space: where images and samples are compared.
  ///   - seed: what samples are drawn from.
  ///   - threads: threads; they do not change the results.
  public init(space: Space = .pixels, seed: UInt64 = 0, threads: Int = 1) {
    self.space = space
    self.seed = seed
    self.threads = threads
  }

  /// The precision.
  public func value(of images: ScoredImages) throws -> Double? {
    try results(of: images).first?.value
  }

  /// Precision, recall, density and coverage, of samples of the prior and of the aggregate posterior; none for fewer than six
  /// images.
  public func results(of images: ScoredImages) throws -> [ScoreResult] {
    try checkCount(count, "samples to compare", SampleComparison.densityNeighbors + 1)
    guard images.images.count > SampleComparison.densityNeighbors else { return [] }
    let real = ImageBatch(evenlyFrom: images.images, count: count)
    let points = try features(of: real, images.model)
    let sources =
      [("", LatentSource.prior)] + (posterior.map { [("/aggregate", .aggregate($0))] } ?? [])
    return try sources.flatMap { suffix, source in
      let samples = try images.model.sample(real.count, from: source, seed: seed)
      let comparison = try SampleComparison(
        real: points, samples: features(of: samples, images.model),
        width: points.count / real.count, threads: threads)
      return results(comparison, suffix: suffix, imageCount: real.count)
    }
  }

  private func results(
    _ comparison: SampleComparison, suffix: String, imageCount: Int
  ) -> [ScoreResult] {
    [
      ("precision", comparison.precision, SampleComparison.precisionNeighbors),
      ("recall", comparison.recall, SampleComparison.precisionNeighbors),
      ("density", comparison.density, SampleComparison.densityNeighbors),
      ("coverage", comparison.coverage, SampleComparison.densityNeighbors),
    ].map { name, value, neighbors in
      ScoreResult(
        name: name, protocol: "\(name)/\(space.rawValue)\(suffix)", value: value, title: name,
        counts: ["images": imageCount, "samples": imageCount, "neighbors": neighbors],
        seed: seed)
    }
  }

  private func features(of images: ImageBatch, _ model: JointVAEModel) throws -> [Float] {
    guard space == .encoder else { return images.values }
    let encoding = try model.encode(images)
    return (0..<encoding.count).flatMap { image -> [Float] in
      let width = encoding.latents.continuous
      return Array(encoding.mean[image * width..<(image + 1) * width])
        + zip(encoding.probabilities, encoding.latents.discrete).flatMap {
          $0[image * $1..<(image + 1) * $1]
        }
    }
  }
}
