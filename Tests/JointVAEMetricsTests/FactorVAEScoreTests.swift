import JointVAE
import JointVAEMetrics
import Testing

@Suite("FactorVAE score") struct FactorVAEScoreTests {
  /// The factors and three latents that stand for none: constant, hardly moving, and moving at random.
  static func partlyUsed() throws -> FactorTable {
    try FactorWorld.table(columns: 6) { factors, image in
      factors + [7, Double(image % 2) * 0.01, Double(Oracle.noise(image, 5)) / 100]
    }
  }

  @Test("Latents are left out by deviation, and what is counted is those that stay")
  func deviation() throws {
    let score = try FactorVAEScore.score(Self.partlyUsed())
    #expect(score.counts["activeLatents"] == 4)
    #expect(score.settings == ["pruning": "deviation>=0.05"])
    #expect(score.value == 1)
  }

  @Test("Latents are left out by a mask, however much they move")
  func mask() throws {
    let table = try Self.partlyUsed()
    let score = try FactorVAEScore.score(table, active: [true, true, false, true, true, false])
    // The constant one and the one that hardly moves are left out, too.
    #expect(score.counts["activeLatents"] == 2)
    #expect(score.settings == ["pruning": "kl>0.1 and deviation>=0.05"])
    #expect(score.value < 0.9)
    let none = try FactorVAEScore.score(table, active: Array(repeating: false, count: 6))
    #expect(none.value == 0 && none.counts["activeLatents"] == 0 && none.counts["votes"] == 0)
    #expect(throws: MetricError.count(of: "marks of active latents", 2, expected: 6)) {
      try FactorVAEScore.score(table, active: [true, true])
    }
  }

  @Test("Protocols say their counts: votes that can be shared equally, seed")
  func counts() throws {
    let table = try FactorWorld.identity()
    let kim = try FactorVAEScore.score(table, protocol: .kim2018, seed: 7)
    #expect(kim.protocol == "factor-vae/kim2018" && kim.seed == 7)
    // 800 votes between three factors: 266 each.
    #expect(kim.counts["votes"] == 798 && kim.counts["evaluationVotes"] == 0)
    #expect(kim.counts["imagesPerVote"] == 100 && kim.counts["varianceImages"] == 10_000)
    var protocol_ = FactorVAEProtocol.locatello
    protocol_.votes = 60
    protocol_.evaluationVotes = 30
    let locatello = try FactorVAEScore.score(table, protocol: protocol_)
    #expect(locatello.counts["votes"] == 60 && locatello.counts["evaluationVotes"] == 30)
    #expect(locatello.counts["imagesPerVote"] == 64 && locatello.value == 1)
    #expect(FactorVAEProtocol.locatello.votes == 10_000)
    #expect(FactorVAEProtocol.locatello.evaluationVotes == 5_000)
  }

  @Test("Counts that cannot be are refused by name")
  func impossibleCounts() throws {
    let table = try FactorWorld.identity()
    var votes = FactorVAEProtocol.kim2018
    votes.votes = 0
    #expect(
      throws: ConfigurationError("votes", "0", expected: "from 1 to 1000000")
    ) { try FactorVAEScore.score(table, protocol: votes) }
    votes = .locatello
    votes.imagesPerVote = 1
    #expect(
      throws: ConfigurationError("images per vote", "1", expected: "from 2 to 1000000")
    ) { try FactorVAEScore.score(table, protocol: votes) }
    #expect(
      throws: ConfigurationError("pairs per point", "-1", expected: "from 1 to 1000000")
    ) {
      try BetaVAEScore.score(table, counts: .init(training: 1, evaluation: 1, pairs: -1))
    }
    var all = FactorWorld.quick
    all.testImages = 0
    #expect(
      throws: ConfigurationError("test images", "0", expected: "from 1 to 1000000")
    ) { try all.scores(table) }
  }

  @Test("A discrete latent that is a factor wins with Gini's variance and one-hot alike")
  func discrete() throws {
    let labels = try FactorWorld.labels()
    let representation = try Representation(
      columns: [.init(name: "z0"), .init(name: "z1"), .init(name: "c0", categories: 6)],
      values: labels.values.map(Double.init))
    for table in [
      try FactorTable(representation: representation, labels: labels),
      try FactorTable(representation: representation.oneHot, labels: labels),
    ] {
      #expect(try FactorVAEScore.score(table).value == 1)
    }
  }

  @Test("A category that hardly any image has wins no votes, though its variable is used")
  func rareCategory() throws {
    let labels = try FactorWorld.labels()
    // c0 is the third factor, but for one image in a thousand, which has a category of its own.
    let rows = labels.values.count / 3
    let values = (0..<rows).flatMap { row -> [Double] in
      let factor = Double(labels.values[row * 3 + 2])
      return [row % 1_000 == 7 ? 6 : factor]
    }
    let representation = try Representation(
      columns: [.init(name: "c0", categories: 7)], values: values)
    let table = try FactorTable(representation: representation.oneHot, labels: labels)
    let mask = Array(repeating: true, count: 7)
    let score = try FactorVAEScore.score(table, active: mask)
    #expect(score.counts["activeLatents"] == 6)
    // It is the score without that category. Had it won the votes, one factor in three would be right.
    let common = try Representation(
      columns: [.init(name: "c0", categories: 6)], values: values.map { min($0, 5) })
    let expected = try FactorVAEScore.score(
      FactorTable(representation: common.oneHot, labels: labels)
    ).value
    #expect(abs(score.value - expected) < 0.05 && expected > 0.45)
  }

  @Test("Gini's variance by hand, and that of two categories is the variance of 0 and 1")
  func gini() throws {
    func variance(_ values: [Double], categories: Int?) throws -> Double {
      try Representation(columns: [.init(name: "c", categories: categories)], values: values)
        .variance(of: 0, images: 0..<values.count)
    }
    #expect(try variance([0, 0, 1, 2], categories: 3) == 10.0 / 24)
    #expect(try variance([2, 2, 2], categories: 3) == 0)
    #expect(try variance([1], categories: 3) == 0)
    let bits: [Double] = [0, 1, 1, 0, 1]
    #expect(abs(try variance(bits, categories: 2) - variance(bits, categories: nil)) < 1e-12)
    #expect(abs(try variance([1, 2, 4], categories: nil) - 7.0 / 3) < 1e-12)
  }

  @Test("A seed fixes the score; the seeds differ")
  func seeds() throws {
    let table = try FactorWorld.random()
    let first = try FactorVAEScore.score(table, seed: 1)
    #expect(try FactorVAEScore.score(table, seed: 1) == first)
    #expect(try FactorVAEScore.score(table, seed: 2).value != first.value)
  }
}
