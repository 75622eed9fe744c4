import Foundation
import JointVAEMetrics
import Testing

@Suite("Known answers of scores of disentanglement") struct KnownAnswerTests {
  /// All scores by protocol.
  private func scores(_ table: FactorTable) throws -> [String: DisentanglementScore] {
    let scores = try FactorWorld.quick.scores(table, threads: 2)
    let reduced = " reduced (3000 + 1500 images)"
    #expect(
      scores.map(\.protocol) == [
        "factor-vae/kim2018", "factor-vae/locatello" + reduced, "beta-vae/locatello" + reduced,
        "mig/locatello" + reduced, "sap/locatello" + reduced, "dci/locatello" + reduced, "med/cao",
        "modularity/locatello" + reduced, "infomec/histogram", "irs/locatello" + reduced,
      ])
    return Dictionary(scores.map { ($0.protocol.replacing(reduced, with: ""), $0) }) { first, _ in
      first
    }
  }

  private func expect(
    _ scores: [String: DisentanglementScore], _ expected: [(String, ClosedRange<Double>)],
    completeness: ClosedRange<Double>, informativeness: ClosedRange<Double>
  ) throws {
    for (name, range) in expected {
      let value = try #require(scores[name]).value
      #expect(range.contains(value), "\(name) is \(value); expected \(range)")
    }
    let parts = try #require(scores["dci/locatello"]).parts
    #expect(completeness.contains(try #require(parts["completeness"])), "\(parts)")
    #expect(informativeness.contains(try #require(parts["informativeness"])), "\(parts)")
  }

  @Test("The factors themselves: the best there is")
  func identity() throws {
    // Accuracies of SAP fall short of 1: one line against the rest cannot single out a value in the
    // middle.
    try expect(
      scores(FactorWorld.identity()),
      [
        ("factor-vae/kim2018", 1...1), ("factor-vae/locatello", 1...1),
        ("beta-vae/locatello", 0.99...1), ("mig/locatello", 0.97...1),
        ("sap/locatello", 0.2...0.8), ("dci/locatello", 0.999...1),
        ("med/cao", 0.98...1), ("modularity/locatello", 0.999...1),
      ], completeness: 0.999...1, informativeness: 1...1)
  }

  @Test("Zeros: nothing, and accuracies of a guess")
  func zeros() throws {
    try expect(
      scores(FactorWorld.zeros()),
      [
        ("factor-vae/kim2018", 0...0), ("factor-vae/locatello", 0...0),
        ("beta-vae/locatello", 0.28...0.39), ("mig/locatello", 0...0), ("sap/locatello", 0...0),
        ("dci/locatello", 0...0), ("med/cao", 0...0), ("modularity/locatello", 0...0),
      ], completeness: 0...0, informativeness: 0.16...0.25)
  }

  @Test("Numbers without relation to the factors: chance")
  func random() throws {
    // Under chance 2 n I is chi-squared with 19 (K - 1) degrees: expected modularity
    // 1 - (57^2 + 76^2) / (2 * 95^2) = 0.5, and a MIG of about 0.
    try expect(
      scores(FactorWorld.random()),
      [
        ("factor-vae/kim2018", 0.33...0.42), ("factor-vae/locatello", 0.28...0.39),
        ("beta-vae/locatello", 0.27...0.4), ("mig/locatello", 0...0.01),
        ("sap/locatello", 0...0.04), ("dci/locatello", 0...0.05),
        ("modularity/locatello", 0.35...0.65),
      ], completeness: 0...0.05, informativeness: 0.14...0.27)
  }

  @Test("The factors in another order: the same scores")
  func permuted() throws {
    let (one, other) = (
      try scores(FactorWorld.identity()), try scores(FactorWorld.permuted())
    )
    for (name, score) in one {
      #expect(abs(try #require(other[name]).value - score.value) < 1e-9, "\(name)")
    }
  }

  @Test("Every factor twice: no gap for MIG and SAP, nothing amiss for the others")
  func duplicated() throws {
    try expect(
      scores(FactorWorld.duplicated()),
      [
        ("factor-vae/kim2018", 1...1), ("factor-vae/locatello", 1...1),
        ("beta-vae/locatello", 0.99...1), ("mig/locatello", 0...1e-12),
        ("sap/locatello", 0...0), ("dci/locatello", 0.999...1),
        ("modularity/locatello", 0.999...1),
        // Ties between splits go to the first of the twins, so that completeness does not see the
        // second.
      ], completeness: 0.999...1, informativeness: 1...1)
  }

  @Test("Factors turned by 45 degrees leave no gap")
  func mixed() throws {
    let table = try FactorWorld.table(columns: 3) { factors, _ in
      [factors[0] + factors[1] * 0.8, factors[0] - factors[1] * 0.8, factors[2]]
    }
    let score = try MutualInformationGap.score(table.representation, table.labels)
    #expect(try #require(score.parts["gap.color"]) < 0.05)
    #expect(try #require(score.parts["gap.size"]) < 0.05)
    #expect(abs(try #require(score.parts["gap.shape"]) - 1) < 1e-9)
  }

  @Test("On the full grid the gap of the factors themselves is exactly 1, and names its counts")
  func fullGrid() throws {
    let table = try FactorWorld.identity()
    let score = try MutualInformationGap.score(table.representation, table.labels)
    #expect(abs(score.value - 1) < 1e-12)
    #expect(score.counts == ["images": 6000, "bins": 20] && score.seed == nil)
    #expect(score.name == "mig" && score.constantFactors.isEmpty)
  }

  @Test(
    "Two values of a factor that look alike, as an angle of 0 and of a full turn, bound the gap below 1"
  )
  func indistinguishable() throws {
    let labels = try FactorLabels(names: ["turn"], sizes: [8], values: (0..<800).map { $0 % 8 })
    let representation = try Representation(
      columns: [.init(name: "z0")], values: (0..<800).map { Double($0 % 8 % 7) })
    let score = try MutualInformationGap.score(representation, labels)
    // A quarter of the images keeps one bit of three to itself.
    #expect(abs(score.value - (1 - 0.25 / 3)) < 1e-12)
  }

  @Test("Training and test images differ; a small data set is divided two to one")
  func division() throws {
    // The number of an image tells all of its factors, but only for images seen in training.
    let table = try FactorWorld.table(columns: 1) { _, image in [Double(Oracle.noise(image, 3))] }
    var counts = FactorWorld.quick
    (counts.trainingImages, counts.testImages) = (10_000, 5_000)
    let scores = try counts.scores(table, threads: 2)
    let dci = try #require(scores.first { $0.name == "dci" })
    #expect(dci.counts["trainingImages"] == 4000 && dci.counts["testImages"] == 2000)
    #expect(try #require(dci.parts["informativeness"]) < 0.25)
    #expect(scores.first { $0.name == "mig" }?.counts["images"] == 4000)
    let one = try FactorTable(
      representation: Representation(columns: [.init(name: "z")], values: [1]),
      labels: FactorLabels(names: ["a"], sizes: [2], values: [0]))
    #expect(throws: MetricError.self) { try counts.scores(one) }
  }

  @Test("A latent that knows of two values completely separates them in SAP by one half")
  func halves() throws {
    let labels = try FactorLabels(
      names: ["a", "b"], sizes: [2, 2], values: (0..<400).flatMap { [$0 % 2, $0 / 2 % 2] })
    let draw = try FactorDraw(
      representation: Representation(
        columns: [.init(name: "z0"), .init(name: "z1")],
        values: labels.values.map { Double($0) * 3 - 1 }), labels: labels)
    let score = try SAPScore.score(training: draw, test: draw)
    #expect(abs(score.value - 0.5) < 1e-12)
    #expect(score.counts == ["trainingImages": 400, "testImages": 400])
  }
}
