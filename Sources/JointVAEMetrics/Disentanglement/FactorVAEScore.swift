import JointVAE
import JointVAEKernels

/// Counts of the FactorVAE score (Kim and Mnih 2018, section 4).
public struct FactorVAEProtocol: Hashable, Sendable {
  /// The name that goes with its results.
  public var name: String
  /// Votes that decide which factor each latent stands for.
  public var votes: Int
  /// Votes that the score is the accuracy on; 0 for the deciding ones themselves.
  public var evaluationVotes: Int
  /// Images a vote.
  public var imagesPerVote: Int
  /// Images that each latent's variance over the whole data set is estimated from.
  public var varianceImages: Int
  /// Whether every factor gets the same number of votes, in place of a random factor each time.
  public var sharesVotesEqually: Bool

  /// What tables with little room call its results.
  var title: String {
    switch name {
    case Self.kim2018.name: "FactorVAE"
    case Self.locatello.name: "FactorVAE (Locatello)"
    default: name
    }
  }

  /// Kim and Mnih's: 800 votes of 100 images, shared equally between the factors; the accuracy on
  /// these votes.
  public static let kim2018 = FactorVAEProtocol(
    name: "factor-vae/kim2018", votes: 800, evaluationVotes: 0, imagesPerVote: 100,
    varianceImages: 10_000, sharesVotesEqually: true)

  /// Locatello et al.'s (2019): 10,000 votes of 64 images, and 5,000 fresh ones for the accuracy.
  public static let locatello = FactorVAEProtocol(
    name: "factor-vae/locatello", votes: 10_000, evaluationVotes: 5_000, imagesPerVote: 64,
    varianceImages: 10_000, sharesVotesEqually: false)
}

extension FactorVAEProtocol {
  /// - Throws: `ConfigurationError` naming the first count that cannot be.
  func validate() throws {
    try checkCount(votes, "votes", 1)
    try checkCount(evaluationVotes, "evaluation votes", 0)
    try checkCount(imagesPerVote, "images per vote", 2)
    try checkCount(varianceImages, "variance images", 2)
  }
}

/// A count of a protocol: from `smallest` to a million.
/// - Throws: `ConfigurationError`.
func checkCount(_ count: Int, _ name: String, _ smallest: Int) throws {
  guard (smallest...1_000_000).contains(count) else {
    throw ConfigurationError(name, "\(count)", expected: "from \(smallest) to 1000000")
  }
}

/// The FactorVAE score: whether the latent that varies least among images sharing a factor tells
/// which factor they share.
public enum FactorVAEScore {
  /// Standard deviation below which a column is left out.
  public static let deviationThreshold = 0.05

  /// The score. Without an active latent it is 0, as there is nothing to vote.
  ///
  /// - Parameters:
  ///   - sampler: draws images of given factors.
  ///   - protocol: how many images to draw, and when a latent counts.
  ///   - active: for each column whether the model uses it (KL above 0.1 nat); nil where that is unknown. Columns
  ///     whose standard deviation is below `deviationThreshold` are always left out.
  ///   - seed: of the images drawn.
  /// - Throws: `MetricError.constantFactors`; `ConfigurationError` for a count that cannot be; what
  ///   the sampler throws.
  public static func score(
    _ sampler: some FactorSampler, protocol: FactorVAEProtocol = .kim2018, active: [Bool]? = nil,
    seed: UInt64 = 0
  ) throws -> ScoreResult {
    try `protocol`.validate()
    let factors = try sampler.checkedFactors()
    var random = RandomSequence(seed: seed)
    let all = try sampler.draw(groups: [nil], size: `protocol`.varianceImages, random: &random)
      .representation
    let variances = all.columns.indices.map { all.variance(of: $0, images: 0..<all.count) }
    if let active, active.count != variances.count {
      throw MetricError.count(
        of: "marks of active latents", active.count, expected: variances.count)
    }
    let used = variances.indices.filter { column in
      // A column that hardly ever moves, such as a rare category's, has no variance in most groups. It would win nearly
      // every vote, whatever the KL of its variable is.
      guard variances[column].squareRoot() >= deviationThreshold else { return false }
      return active?[column] ?? true
    }
    var result = ScoreResult(
      name: "factor-vae", protocol: `protocol`.name, value: 0, parts: ["trainAccuracy": 0],
      counts: [
        "imagesPerVote": `protocol`.imagesPerVote, "varianceImages": `protocol`.varianceImages,
        "activeLatents": used.count, "votes": 0, "evaluationVotes": 0,
      ],
      settings: [
        "pruning": (active == nil ? "" : "kl>0.1 and ") + "deviation>=\(deviationThreshold)"
      ],
      seed: seed, constantFactors: sampler.constantFactorNames)
    guard !used.isEmpty else { return result }
    func votes(_ count: Int) throws -> Votes {
      var votes = Votes(latents: used.count, factors: factors.count)
      var shared: [Int] =
        `protocol`.sharesVotesEqually
        ? factors.indices.flatMap { Array(repeating: $0, count: max(1, count / factors.count)) }
        : []
      if !`protocol`.sharesVotesEqually {
        for _ in 0..<count { shared.append(random.number(below: factors.count)) }
      }
      for start in stride(from: 0, to: shared.count, by: votesAtOnce) {
        let piece = shared[start..<min(start + votesAtOnce, shared.count)]
        let draw = try sampler.draw(
          groups: piece.map { factors[$0] }, size: `protocol`.imagesPerVote, random: &random)
        for (group, factor) in piece.enumerated() {
          votes.add(
            latent: quietest(
              draw.representation, group: group, size: `protocol`.imagesPerVote,
              columns: used, variances: variances), factor: factor)
        }
      }
      return votes
    }
    let training = try votes(`protocol`.votes)
    let evaluation = `protocol`.evaluationVotes > 0 ? try votes(`protocol`.evaluationVotes) : nil
    result.parts["trainAccuracy"] = training.accuracy(of: training.classifier)
    result.value = (evaluation ?? training).accuracy(of: training.classifier)
    result.counts["votes"] = training.total
    result.counts["evaluationVotes"] = evaluation?.total ?? 0
    return result
  }

  private static let votesAtOnce = 32

  /// The active latent whose variance within a group is the smallest share of its variance over all
  /// images.
  private static func quietest(
    _ representation: Representation, group: Int, size: Int, columns: [Int], variances: [Double]
  ) -> Int {
    let images = group * size..<(group + 1) * size
    var best = 0
    var smallest = Double.infinity
    for (latent, column) in columns.enumerated() {
      let ratio = representation.variance(of: column, images: images) / variances[column]
      if ratio < smallest {
        smallest = ratio
        best = latent
      }
    }
    return best
  }

  /// How often each latent was the quietest while each factor was shared.
  private struct Votes {
    var counts: [[Int]]

    init(latents: Int, factors: Int) {
      counts = Array(repeating: Array(repeating: 0, count: factors), count: latents)
    }

    mutating func add(latent: Int, factor: Int) { counts[latent][factor] += 1 }

    var total: Int { counts.joined().reduce(0, +) }

    /// For each latent the factor it had most votes with, the first of equals.
    var classifier: [Int] {
      counts.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
    }

    func accuracy(of classifier: [Int]) -> Double {
      let correct = zip(counts, classifier).reduce(0) { $0 + $1.0[$1.1] }
      return Double(correct) / Double(max(total, 1))
    }
  }
}
