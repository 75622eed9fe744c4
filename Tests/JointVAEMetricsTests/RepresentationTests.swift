import JointVAE
import JointVAEMetrics
import Testing

@Suite("Representations") struct RepresentationTests {
  static let encoding = Encoding(
    latents: LatentSpec(continuous: 2, discrete: [3, 2]), count: 2, mean: [1, 2, 3, 4],
    logVariance: [0, 0, 0, 0],
    probabilities: [[0.1, 0.7, 0.2, 0.5, 0.25, 0.25], [0.4, 0.6, 1, 0]])

  @Test("A model's latents: means and most probable categories, or one-hot")
  func encodings() {
    let categories = Representation(Self.encoding)
    #expect(categories.columns.map(\.name) == ["z0", "z1", "c0", "c1"])
    #expect(categories.columns.map(\.categories) == [nil, nil, 3, 2])
    #expect(categories.values == [1, 2, 1, 1, 3, 4, 0, 0])
    #expect(categories.count == 2)
    let oneHot = Representation(Self.encoding, discrete: .oneHot)
    #expect(oneHot.columns.map(\.name) == ["z0", "z1", "c0.0", "c0.1", "c0.2", "c1.0", "c1.1"])
    #expect(oneHot.columns.allSatisfy { $0.categories == nil })
    #expect(oneHot.values == [1, 2, 0, 1, 0, 0, 1, 3, 4, 1, 0, 0, 1, 0])
    #expect(oneHot.values == Self.encoding.modes().map(Double.init))
    #expect(oneHot.oneHot == oneHot)
  }

  @Test("Distances: of numbers their difference, of categories 1 unless they are equal")
  func distances() throws {
    let representation = try Representation(
      columns: [.init(name: "z"), .init(name: "c", categories: 5)], values: [1, 4, -2, 1, 0, 4])
    #expect(representation.distance(0, 1, column: 0) == 3)
    #expect(representation.distance(0, 1, column: 1) == 1)
    #expect(representation.distance(0, 2, column: 1) == 0)
  }

  @Test(
    "All scores of a model with a discrete latent: as categories, then one-hot, the KL deciding what is active"
  )
  func suite() throws {
    let labels = try FactorWorld.labels()
    let count = FactorWorld.count
    let values = (0..<count).map(FactorWorld.values)
    // z0 is the color, z1 is not used (its posterior is the prior), c0 is the shape; nothing knows
    // of the size.
    let encoding = Encoding(
      latents: LatentSpec(continuous: 2, discrete: [6]), count: count,
      mean: values.flatMap { [Float($0[0]) - 1.5, 0] },
      logVariance: values.flatMap { _ in [-3, 0] },
      probabilities: [values.flatMap { value in (0..<6).map { $0 == value[2] ? 1 : 0 } }])
    let scores = try FactorWorld.quick.scores(of: encoding, labels: labels, threads: 2)
    #expect(scores.count == 21)
    #expect(
      scores.map(\.discreteCode) == Array(repeating: .category, count: 11)
        + Array(repeating: .oneHot, count: 10))
    #expect(
      scores[0].counts["activeLatents"] == 2
        && scores[0].settings["pruning"] == "kl>0.1 and deviation>=0.05")
    #expect(scores[11].counts["activeLatents"] == 7)
    #expect(scores[1].settings["pruning"] == "deviation>=0.05")
    #expect(scores.allSatisfy { $0.seed == 0 })
    let gap = try #require(scores.first { $0.name == "mig" })
    #expect(abs(gap.value - 2.0 / 3) < 0.02)
    #expect(try FactorWorld.quick.scores(of: encoding, labels: labels, threads: 1) == scores)
    var other = FactorWorld.quick
    other.seed = 1
    #expect(try other.scores(of: encoding, labels: labels) != scores)
  }
}
