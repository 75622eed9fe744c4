import Foundation
import JointVAEExperiments
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns
import TestSupport
import Testing

@Suite("Choices without labels") struct CriterionTests {
  /// Seeds of a setting with a score of which more is better, and one of which less is.
  private func group(
    loss: [Double], agreement: [Double?], empty: Set<Int> = [], score: [Double],
    error: [Double]
  ) throws -> CriterionTable.Group {
    func measure(_ name: String, _ values: [Double], _ preference: ScorePreference) throws -> String
    {
      let description = try String(
        decoding: JSONEncoder().encode(MeasureDescription(name, preference: preference)),
        as: UTF8.self)
      let best = preference == .larger ? values.max() : values.min()
      return """
        {"name": "\(name)", "description": \(description), "mean": \(values.reduce(0, +) / Double(values.count)),
        "best": \(best ?? 0), "values": \(values)}
        """
    }
    let text = try """
    {"runs": \(loss.count), "collapsed": 0,
    "measures": [\(measure("score", score, .larger)), \(measure("error", error, .smaller))]}
    """
    return CriterionTable.Group(
      criteria: loss.indices.map {
        SeedCriteria(
          loss: loss[$0], udr: nil, agreement: agreement[$0],
          carriesInformation: !empty.contains($0))
      }, summary: try JSONDecoder().decode(SeedSummary.self, from: Data(text.utf8)))
  }

  @Test("The chosen seed stands beside the mean and the best one, with the correlation of ranks")
  func known() throws {
    let groups = [
      try group(
        loss: [3, 1, 2], agreement: [0.9, 0.5, 0.1], score: [0.2, 0.6, 0.4], error: [1, 2, 3]),
      // The smallest loss is that of a seed whose code carries nothing, which comes last.
      try group(
        loss: [1, 5, 6], agreement: [nil, 0.2, 0.3], empty: [0], score: [0, 0.5, 0.9],
        error: [9, 4, 4]),
    ]
    let table = CriterionTable(groups, of: .init(finishedRuns: 7, runs: 9, settings: 3))
    let byLoss = table.lines(of: .loss)
    #expect(byLoss.map(\.measure.name) == ["score", "error"])
    #expect(byLoss.map(\.settings) == [2, 2])
    #expect(abs(byLoss[0].chosen - 0.55) < 1e-12 && abs(byLoss[0].best - 0.75) < 1e-12)
    #expect(abs(byLoss[0].mean - (0.4 + 1.4 / 3) / 2) < 1e-12)
    // 1 in the first setting; of -inf, -5, -6 with 0, 0.5, 0.9 it is 0.5.
    #expect(abs((byLoss[0].correlation?.mean ?? 0) - 0.75) < 1e-12)
    // Less error is better: of ranks 1, 3, 2 with 3, 2, 1 it is -0.5; of 1, 3, 2 with 1, 2.5, 2.5 it is 0.866.
    #expect(abs((byLoss[1].correlation?.mean ?? 0) - (0.75.squareRoot() - 0.5) / 2) < 1e-12)
    #expect(byLoss[1].chosen == 3 && byLoss[1].best == 2.5)
    let byAgreement = table.lines(of: .agreement)
    #expect(byAgreement[0].settings == 2 && abs(byAgreement[0].chosen - 0.55) < 1e-12)
    #expect(table.lines(of: .udr).isEmpty)
    #expect(table.text.contains("Chosen by UDR: not known of all seeds of any setting\n"))
    #expect(
      table.text.contains(
        "score    2         0.75 +- 0.35  0.550        0.433      0.750\n"))
    #expect(
      table.text.contains(
        "\n7 of 9 runs are trained and measured; 2 of 3 settings have 3 or more of them.\n"))
  }

  @Test("Of seeds that agree equally well, the one with the smaller loss is taken")
  func equal() throws {
    for losses in [[3.0, 1, 2], [1, 3, 2], [2, 3, 1]] {
      let group = try group(
        loss: losses, agreement: [0.5, 0.5, 0.5], score: losses.map { 1 / $0 }, error: losses)
      let lines = CriterionTable([group], of: .init(finishedRuns: 3, runs: 3, settings: 1))
        .lines(of: .agreement)
      #expect(lines.map(\.chosen) == [1, 1])
    }
  }

  @Test("Runs of an experiment are compared; two seeds are too few")
  func runs() throws {
    try withTemporaryFolder { folder in
      let text = """
        base: {dataset: shapes, image-size: 16, limit: 96, batch-size: 16, continuous: 2, steps: 300, learning-rate: 0.003,
          model: vae}
        runs: [{name: four, discrete: 4}, {name: none, discrete: none}]
        seeds: [1, 2, 3]
        evaluate: {limit: 40}
        """
      let plan = try plan(text)
      let runner = ExperimentRunner(plan, in: folder, compute: .threads(2))
      #expect(throws: FileError.self) { try runner.criteria() }
      _ = try runner.run()
      let table = try runner.criteria()
      #expect(table.text == (try runner.criteria().text))
      let lines = table.lines(of: .loss)
      #expect(lines.first { $0.measure.name == "reconstruction" }?.settings == 2)
      #expect(lines.first { $0.measure.name == "accuracy.majority" }?.settings == 1)
      for line in lines {
        let isLarger = line.measure.preference == .larger
        #expect(isLarger ? line.chosen <= line.best : line.chosen >= line.best)
      }
      let few = ExperimentRunner(
        try self.plan(text.replacing("[1, 2, 3]", with: "[1, 2]")), in: folder)
      let problem =
        "has no setting of which 3 seeds are trained and measured, which is what there is to compare; train the "
        + "experiment first"
      #expect(throws: FileError(folder, problem)) { try few.criteria() }
    }
  }

  private func plan(_ text: String) throws -> ExperimentPlan {
    try JointVAEExperimentsTests.plan(text)
  }
}
