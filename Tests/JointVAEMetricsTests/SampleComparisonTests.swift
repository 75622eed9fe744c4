import JointVAE
import JointVAEMetrics
import Testing

@Suite("Samples beside real images") struct SampleComparisonTests {
  private func points(_ count: Int, _ value: (Int, Int) -> Double) -> [Float] {
    (0..<count).flatMap { i in (0..<19).map { Float(value(i, $0)) } }
  }

  @Test("Precision, recall, density and coverage equal numpy's")
  func oracle() throws {
    let reference = try Oracle.numbers("samples")
    for threads in [1, 3] {
      let result = try SampleComparison(
        real: points(150) { Double(Oracle.noise($0, 140 + $1)) / 1009 },
        samples: points(120) {
          Double(Oracle.noise($0, 160 + $1)) / 1009 * Double(1 + $0 % 3) / 2
        }, width: 19, threads: threads)
      for (name, value) in [
        ("precision", result.precision), ("recall", result.recall), ("density", result.density),
        ("coverage", result.coverage),
      ] {
        #expect(abs(value - (try #require(reference[name]))) < 1e-9, "\(name): \(value)")
      }
    }
  }

  @Test("Samples that are the images, far from them, or all of one kind")
  func knownAnswers() throws {
    let real = points(60) { Double(Oracle.noise($0, $1)) / 1009 }
    let same = try SampleComparison(real: real, samples: real, width: 19)
    // Each image lies in its own ball, and with its five neighbors' the balls hold more than six points each.
    #expect(same.precision == 1 && same.recall == 1 && same.coverage == 1 && same.density >= 1.2)
    let far = try SampleComparison(real: real, samples: real.map { $0 + 100 }, width: 19)
    #expect(far.precision == 0 && far.recall == 0 && far.coverage == 0 && far.density == 0)
    // All samples are the first image: real, but one of sixty.
    let one = try SampleComparison(
      real: real, samples: points(60) { Double(Oracle.noise($0 * 0, $1)) / 1009 }, width: 19)
    #expect(one.precision == 1 && one.recall < 0.05 && one.coverage < 0.3)
  }

  @Test("Points that cannot be compared are refused")
  func badInput() throws {
    let real = points(10) { Double(Oracle.noise($0, $1)) }
    #expect(throws: MetricError.count(of: "samples", 5, expected: 6)) {
      try SampleComparison(real: real, samples: Array(real.prefix(95)), width: 19)
    }
    #expect(throws: MetricError.self) {
      try SampleComparison(real: real, samples: Array(real.dropLast()), width: 19)
    }
    #expect(throws: MetricError.self) {
      try SampleComparison(real: real, samples: real.dropLast() + [.nan], width: 19)
    }
  }

  @Test(
    "A model's samples in both spaces, each named by its space",
    arguments: SampleScore.Space.allCases)
  func model(space: SampleScore.Space) throws {
    var options = EvaluationOptions()
    options.scores = [SampleScore(space: space, threads: 2)]
    let evaluation = try EvaluationTests.evaluation(options)
    let scores = try #require(evaluation.scores)
    #expect(
      scores.map(\.protocol)
        == ["precision", "recall", "density", "coverage"].map { "\($0)/\(space.rawValue)" })
    #expect(scores.allSatisfy { $0.counts["images"] == 60 && $0.counts["samples"] == 60 })
    #expect(scores.map { $0.counts["neighbors"] } == [3, 3, 5, 5])
    #expect(scores.allSatisfy { $0.value >= 0 && ($0.name == "density" || $0.value <= 1) })
  }
}
