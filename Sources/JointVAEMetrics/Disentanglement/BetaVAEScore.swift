import JointVAEKernels

/// The beta-VAE score (Higgins et al. 2017, section 3): whether a linear classifier can tell from
/// the mean differences of the latents of pairs of images which factor the pairs share.
public enum BetaVAEScore {
  /// Counts of the score.
  public struct Counts: Hashable, Sendable {
    /// Points that the classifier is trained on.
    public var training: Int
    /// Fresh points that the score is the accuracy on.
    public var evaluation: Int
    /// Pairs of images a point is the mean of.
    public var pairs: Int

    /// Counts of a protocol.
    public init(training: Int, evaluation: Int, pairs: Int) {
      self.training = training
      self.evaluation = evaluation
      self.pairs = pairs
    }

    /// Locatello et al.'s (2019): 10,000 points of 64 pairs, and 5,000 fresh ones.
    public static let locatello = Counts(training: 10_000, evaluation: 5_000, pairs: 64)
  }

  /// The score, under protocol `beta-vae/locatello`: logistic regression with a penalty of half the
  /// squared weights (C = 1).
  ///
  /// - Parameters:
  ///   - sampler: draws images of given factors.
  ///   - counts: how many points and pairs to draw.
  ///   - seed: of the images drawn.
  /// - Throws: `MetricError.constantFactors`; `ConfigurationError` for a count that cannot be; what
  ///   the sampler throws.
  public static func score(
    _ sampler: some FactorSampler, counts: Counts = .locatello, seed: UInt64 = 0
  ) throws -> ScoreResult {
    try checkCount(counts.training, "training points", 1)
    try checkCount(counts.evaluation, "evaluation points", 1)
    try checkCount(counts.pairs, "pairs per point", 1)
    let factors = try sampler.checkedFactors()
    var random = RandomSequence(seed: seed)
    func points(_ count: Int) throws -> (features: [Double], labels: [Int]) {
      var features: [Double] = []
      var labels: [Int] = []
      for start in stride(from: 0, to: count, by: pointsAtOnce) {
        let number = min(pointsAtOnce, count - start)
        let shared = (0..<number).map { _ in random.number(below: factors.count) }
        let groups = shared.flatMap { Array(repeating: factors[$0], count: counts.pairs) }
        let draw = try sampler.draw(groups: groups, size: 2, random: &random)
        for point in 0..<number {
          features += meanDistances(
            draw.representation, pairs: point * counts.pairs..<(point + 1) * counts.pairs)
        }
        labels += shared
      }
      return (features, labels)
    }
    let training = try points(counts.training)
    let evaluation = try points(counts.evaluation)
    let model = LogisticRegression(
      features: training.features, labels: training.labels, classCount: factors.count)
    return ScoreResult(
      name: "beta-vae", protocol: "beta-vae/locatello",
      value: model.accuracy(features: evaluation.features, labels: evaluation.labels),
      parts: [
        "trainAccuracy": model.accuracy(features: training.features, labels: training.labels)
      ],
      counts: [
        "trainingPoints": counts.training, "evaluationPoints": counts.evaluation,
        "pairsPerPoint": counts.pairs,
      ], settings: ["classifier": "logistic regression, L2, C=1"], seed: seed,
      constantFactors: sampler.constantFactorNames)
  }

  private static let pointsAtOnce = 32

  /// For each column the mean distance of the two images of a pair.
  private static func meanDistances(_ draw: Representation, pairs: Range<Int>) -> [Double] {
    draw.columns.indices.map { column in
      let sum = pairs.reduce(0.0) {
        $0 + draw.distance(2 * $1, 2 * $1 + 1, column: column)
      }
      return sum / Double(pairs.count)
    }
  }
}
