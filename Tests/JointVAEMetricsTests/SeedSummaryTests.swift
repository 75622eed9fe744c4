import Foundation
import JointVAE
import JointVAEMetrics
import Testing

@Suite("Several seeds") struct SeedSummaryTests {
  static func runs(_ accuracies: [Double]) throws -> [Evaluation] {
    let evaluation = try EvaluationTests.evaluation()
    return accuracies.enumerated().map { index, accuracy in
      var run = evaluation
      run.accuracy?.majority = accuracy
      run.reconstruction = 150 - Double(index)
      run.isCollapsed = accuracy < 0.2
      return run
    }
  }

  @Test("Mean, deviation with n - 1, best and the number of collapsed runs")
  func statistics() throws {
    let summary = try SeedSummary(Self.runs([0.8, 0.1, 0.9]))
    #expect(summary.runs == 3 && summary.collapsed == 1)
    let accuracy = try #require(summary["accuracy.majority"])
    #expect(abs(accuracy.mean - 0.6) < 1e-12)
    #expect(abs(try #require(accuracy.standardDeviation) - 0.19.squareRoot()) < 1e-12)
    #expect(accuracy.best == 0.9 && accuracy.values == [0.8, 0.1, 0.9])
    // Less is better, and neither is.
    #expect(summary["reconstruction"]?.best == 148)
    #expect(summary["kl.continuous"]?.best == nil)
    #expect(summary["kl.continuous"]?.standardDeviation == 0)
    #expect(summary["likelihood.bound"] == nil && summary["likelihood.elbo"] != nil)
  }

  @Test("Five runs have an interval of the mean, and fewer are too few to tell")
  func intervals() throws {
    let few = try SeedSummary(Self.runs([0.8, 0.9, 0.7, 0.8]))
    #expect(few["accuracy.majority"]?.interval == nil && !few.text.contains("95 %"))
    let summary = try SeedSummary(Self.runs([0.8, 0.9, 0.7, 0.8, 0.85]))
    let interval = try #require(summary["accuracy.majority"]?.interval)
    // The mean is 0.81 and its standard error 0.033; means of resampled seeds spread by sqrt(4/5) of that.
    #expect(abs(interval.lowerBound - 0.75) < 0.015 && abs(interval.upperBound - 0.86) < 0.015)
    #expect(summary["kl.continuous"]?.interval.map { $0.upperBound - $0.lowerBound } == 0)
    let line = try #require(
      summary.text.split(separator: "\n").first { $0.hasPrefix("accuracy.majority") })
    #expect(line.contains(/0\.8100 +0\.0742 +\[0\.7\d+, 0\.8\d+\] +0\.9000/))
    let decoded = try JSONDecoder().decode(SeedSummary.self, from: Data(summary.json().utf8))
    #expect(decoded == summary)
  }

  @Test("One run has no deviation, and no run no summary")
  func few() throws {
    let summary = try SeedSummary(Self.runs([0.8]))
    #expect(summary["accuracy.majority"]?.standardDeviation == nil)
    #expect(summary["accuracy.majority"]?.mean == 0.8)
    #expect(throws: MetricError.count(of: "runs", 0, expected: 1)) { try SeedSummary([]) }
  }

  @Test("Measures that a run lacks are left out")
  func missing() throws {
    var runs = try Self.runs([0.8, 0.9])
    runs[1].accuracy = nil
    let summary = try SeedSummary(runs)
    #expect(summary["accuracy.majority"] == nil && summary["reconstruction"] != nil)
  }

  @Test("Text and JSON")
  func output() throws {
    var summary = try SeedSummary(Self.runs([0.8, 0.9]))
    summary.measures = summary.measures.filter {
      $0.name == "reconstruction" || $0.name == "kl.discrete"
    }
    summary.measures[1].mean = 2.25
    #expect(
      summary.text == """
        2 runs, 0 collapsed      mean  deviation      best
        reconstruction       149.5000     0.7071  149.0000
        kl.discrete            2.2500     0.0000         -

        """)
    let decoded = try JSONDecoder().decode(SeedSummary.self, from: Data(summary.json().utf8))
    #expect(decoded == summary)
  }
}
