import Foundation
import JointVAEExperiments
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns
import Synchronization
import TestSupport
import Testing

/// Whole experiments of small runs; one after the other, since each uses all cores.
@Suite("Experiments", .serialized) struct ExperimentRunnerTests {
  static let small = """
    base: {dataset: shapes, image-size: 16, limit: 96, batch-size: 16, continuous: 2, steps: 12}
    axes: {discrete: [2, 4], loss: [bce, {cauchy: 0.5}]}
    evaluate: {limit: 60}
    """

  /// Runs the experiment of `text` in `folder` and says what came of it and what was told.
  @discardableResult
  private func run(
    _ text: String, in folder: String, jobs: Int = 1, threads: Int = 2
  ) throws -> (result: ExperimentResult, events: [String], plan: ExperimentPlan) {
    let plan = try plan(text)
    let events = Mutex<[String]>([])
    let result = try ExperimentRunner(plan, in: folder, jobs: jobs, compute: .threads(threads))
      .run(report: { event in events.withLock { $0.append(event.text) } })
    return (result, events.withLock { $0 }, plan)
  }

  /// The bytes of a run's files that may not depend on how it came about.
  private func bytes(of run: String) throws -> [Data?] {
    [
      "config.json", "model.safetensors", "checkpoints/state.safetensors", "summary.json",
      "samples.png", "reconstructions.png", "traversals.gif",
    ].map { FileManager.default.contents(atPath: "\(run)/\($0)") }
  }

  @Test("Runs trained at once leave the same bytes as runs trained one after the other")
  func jobs() throws {
    try withTemporaryFolder { folder in
      let (one, _, plan) = try run(Self.small, in: "\(folder)/one")
      let (four, _, _) = try run(Self.small, in: "\(folder)/four", jobs: 4, threads: 4)
      #expect(one.measuredCount == 4 && four.measuredCount == 4)
      #expect(!one.wasStopped && one.failureCount == 0)
      for run in plan.runs {
        let expected = try bytes(of: "\(folder)/one/\(run.name)")
        #expect(!expected.contains(nil))
        #expect(try bytes(of: "\(folder)/four/\(run.name)") == expected)
      }
      let tables = try [one, four].map { try ExperimentTable(plan, $0).text() }
      #expect(tables[0] == tables[1])
    }
  }

  /// A score of a program's own: images with a category of their own, whatever the rest.
  private struct SureImages: ModelScore {
    let name = "sure images"
    let title = "sure"
    func value(of images: ScoredImages) -> Double? { Double(images.encoding.count) / 240 }
  }

  @Test(
    "A program's own score is in the table, beside the package's, and is measured when it comes")
  func ownScore() throws {
    try withTemporaryFolder { folder in
      let text = Self.small.replacing("{limit: 60}", with: "{limit: 60, scores: [probes]}")
      let plan = try plan(text)
      func run(_ scores: [any ModelScore]) throws -> String {
        let runner = ExperimentRunner(
          plan, in: folder, compute: .threads(2), scores: scores)
        return try ExperimentTable(plan, runner.run()).text()
      }
      let before = try run([])
      let after = try run([SureImages()])
      let headings = try #require(after.split(separator: "\n").first).split(separator: "  ")
        .map { $0.trimmingCharacters(in: .whitespaces) }
      #expect(headings.contains("sure") && headings.contains("class from z"))
      #expect(headings.contains("accuracy") && !headings.contains("ELBO"))
      #expect(after.contains(" 0.250") && !before.contains("sure"))
    }
  }

  @Test("Means have intervals over five seeds, and a question mark over fewer; every seed is a dot")
  func intervals() throws {
    try withTemporaryFolder { folder in
      let text = """
        base: {dataset: shapes, image-size: 16, limit: 40, batch-size: 16, continuous: 2, steps: 2}
        runs: [{name: four, discrete: 4}, {name: none, discrete: none}]
        seeds: [1, 2, 3, 4, 5]
        evaluate: {limit: 20}
        """
      let (result, _, plan) = try run(text, in: folder)
      let table = try ExperimentTable(plan, result).text()
      #expect(table.contains("95 % of the means"))
      let lines = table.split(separator: "\n").map(String.init)
      #expect(lines.count { $0.hasPrefix("four ") } == 2)
      #expect(lines.contains { $0.contains(/^four +5 +\[0\.\d{3}, 0\.\d{3}\]/) })
      // Without a discrete variable there is no accuracy.
      #expect(lines.contains { $0.contains(/^none +5 +- +-/) })
      try ExperimentReport(plan, in: folder).write(in: folder)
      let chart = try String(contentsOfFile: "\(folder)/scores.svg", encoding: .utf8)
      for seed in 1...5 { #expect(chart.contains("four_seed-\(seed)"), "\(seed)") }
      #expect(chart.contains("Reconstruction loss"))
      let few = text.replacing("[1, 2, 3, 4, 5]", with: "[1, 2]")
      let (two, _, fewPlan) = try run(few, in: folder)
      let short = try ExperimentTable(fewPlan, two).text().split(separator: "\n").map(String.init)
      #expect(short.contains { $0.contains(/^four +2 +\? +\?/) })
    }
  }

  @Test("The time of a setting is that of its runs' logs; a log without times is named")
  func times() throws {
    try withTemporaryFolder { folder in
      let text = """
        base: {dataset: shapes, image-size: 16, limit: 40, batch-size: 16, continuous: 2, steps: 2}
        runs: [{name: four, discrete: 4}, {name: two, discrete: 2}]
        baseline: four
        seeds: [1, 2]
        evaluate: {limit: 20}
        """
      let (result, _, plan) = try run(text, in: folder)
      let log = { (run: String) in "\(folder)/\(run)/metrics.csv" }
      for (run, seconds) in [
        ("four_seed-1", 60), ("four_seed-2", 120), ("two_seed-1", 30), ("two_seed-2", 60),
      ] {
        try AtomicFile.write("step,seconds\n1,0.5\n2,\(seconds)\n", to: log(run))
      }
      let lines = try ExperimentTimes(plan, result, in: folder).text.split(separator: "\n")
      #expect(lines[0].contains(/^setting +training +of four's$/))
      #expect(lines[1].contains(/^four +1:30 \+- 0:42 +1\.00$/))
      #expect(lines[2].contains(/^two +0:45 \+- 0:21 +0\.50$/))

      for value in ["", "soon", "-1", "inf"] {
        try AtomicFile.write("step,seconds\n1,0.5\n2,\(value)\n", to: log("two_seed-2"))
        let error = #expect(throws: FileError.self) {
          try ExperimentTimes(plan, result, in: folder)
        }
        #expect(error?.description.contains("two_seed-2/metrics.csv: line 3 has no time") == true)
      }
    }
  }

  @Test("What is finished is not repeated; what is missing is made again")
  func kept() throws {
    try withTemporaryFolder { folder in
      let (first, events, plan) = try run(Self.small, in: folder)
      #expect(events.count == 8)
      let evaluation = "\(folder)/\(plan.runs[0].name)/evaluation.json"
      let before = try Data(contentsOf: URL(filePath: evaluation))
      // One measurement is damaged, one run is gone.
      try AtomicFile.write("{", to: evaluation)
      try FileManager.default.removeItem(atPath: "\(folder)/\(plan.runs[1].name)")
      let (second, again, _) = try run(Self.small, in: folder)
      #expect(again.count == 6)
      #expect(again[0] == "[1/4] \(plan.runs[0].name): goes on from step 12")
      #expect(again[2] == "[2/4] \(plan.runs[1].name): begins")
      #expect(again[4] == "[3/4] \(plan.runs[2].name): finished before")
      #expect(try Data(contentsOf: URL(filePath: evaluation)) == before)
      #expect(try ExperimentTable(plan, first).text() == ExperimentTable(plan, second).text())
    }
  }

  @Test("Epochs of pairs are counted as they are trained, so that a finished run is kept")
  func pairs() throws {
    try withTemporaryFolder { folder in
      let text = """
        base: {dataset: shapes, recipe: pairs, image-size: 16, limit: 40, batch-size: 16, epochs: 2}
        evaluate: {limit: 20}
        """
      let (first, _, plan) = try run(text, in: folder)
      #expect(first.measuredCount == 1)
      let run = RunFolder("\(folder)/\(plan.runs[0].name)")
      #expect(try RunSummary(contentsOf: run.summary).step == 10)
      // The recipe's ramps are stretched to these ten steps.
      let training = try RunConfiguration(contentsOf: run.configuration).training
      #expect(training.learningRateDecay?.end == 10)
      let (_, events, _) = try self.run(text, in: folder)
      #expect(events == ["[1/1] \(plan.runs[0].name): finished before"])
    }
  }

  @Test("Another evaluation measures again without training again")
  func evaluation() throws {
    try withTemporaryFolder { folder in
      let (_, _, plan) = try run(Self.small, in: folder)
      let model = "\(folder)/\(plan.runs[0].name)/model.safetensors"
      let before = try FileManager.default.attributesOfItem(atPath: model)[.systemFileNumber]
      let more = Self.small.replacing("limit: 60", with: "limit: 70")
      let (result, events, _) = try run(more, in: folder)
      #expect(events.count == 8)
      guard case .measured(let evaluation) = result.outcomes[0] else {
        Issue.record("not measured")
        return
      }
      #expect(evaluation.images == 70)
      let after = try FileManager.default.attributesOfItem(atPath: model)[.systemFileNumber]
      #expect(before as? Int == after as? Int)
    }
  }

  @Test("More steps go on where the runs ended; fewer, and other settings, are refused")
  func changed() throws {
    try withTemporaryFolder { folder in
      let (_, _, plan) = try run(Self.small, in: "\(folder)/parts")
      let longer = Self.small.replacing("steps: 12", with: "steps: 20")
      let (_, events, _) = try run(longer, in: "\(folder)/parts")
      #expect(events[0] == "[1/4] \(plan.runs[0].name): goes on from step 12")
      try run(longer, in: "\(folder)/whole")
      let name = plan.runs[3].name
      #expect(
        try bytes(of: "\(folder)/parts/\(name)") == bytes(of: "\(folder)/whole/\(name)"))
      let path = "\(folder)/parts/\(plan.runs[0].name)"
      #expect(
        throws: RunFolderError(path, .hasDoneMore(steps: 20, asked: 12))
      ) { try run(Self.small, in: "\(folder)/parts") }
      #expect(
        throws: RunFolderError(path, .hasOtherSetting("continuous 2, not 3"))
      ) {
        try run(
          longer.replacing("continuous: 2", with: "continuous: 3"), in: "\(folder)/parts")
      }
    }
  }

  @Test("A run that fails is told, the others go on, and the table has a dash", arguments: [1, 2])
  func failure(jobs: Int) throws {
    try withTemporaryFolder { folder in
      let text = """
        base: {dataset: shapes, image-size: 16, limit: 96, batch-size: 16, continuous: 2, steps: 12}
        axes: {learning-rate: [1e-3, 1e30, 2e-3]}
        """
      let (result, events, plan) = try run(text, in: folder, jobs: jobs)
      #expect(result.failureCount == 1 && result.measuredCount == 2)
      let failures = events.filter { $0.contains(": failed: ") }
      #expect(failures.count == 1)
      #expect(failures.first?.hasPrefix("[2/3] learning-rate-1e30_seed-1: failed: ") == true)
      let lines = try ExperimentTable(plan, result).text().split(separator: "\n")
      #expect(lines.count == 4)
      #expect(lines[2].contains("0 of 1") && lines[2].hasSuffix("-"))
      #expect(
        result.closing(folder: "runs/x", call: "again")
          == "runs/x: 2 of 3 runs finished, 1 failed")
    }
  }

  @Test("A folder that holds something else is refused before anything is trained")
  func foreign() throws {
    try withTemporaryFolder { folder in
      let name = try plan(Self.small).runs[2].name
      try FileManager.default.createDirectory(
        atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      try AtomicFile.write("mine", to: "\(folder)/\(name)/notes.txt")
      #expect(throws: RunFolderError.self) { try run(Self.small, in: folder) }
      #expect(try fileNames(in: folder) == [name])
    }
  }

  @Test("The estimate counts the steps that are left and writes nothing")
  func estimate() throws {
    try withTemporaryFolder { folder in
      let runner = ExperimentRunner(
        try plan(Self.small), in: "\(folder)/runs", compute: .threads(1))
      let estimate = try PlanEstimate(runner)
      #expect(estimate.entries.map(\.steps) == [12, 12, 12, 12])
      #expect(estimate.seconds > 0)
      #expect(estimate.entries.allSatisfy { $0.state == .new && $0.milliseconds > 0 })
      #expect(try fileNames(in: folder).isEmpty)
      try run(Self.small, in: "\(folder)/runs")
      let after = try PlanEstimate(runner)
      #expect(after.seconds == 0)
      #expect(after.text.hasSuffix("\n4 runs: about 0:00 of training"))
      #expect(after.entries.allSatisfy { $0.state == .finished(steps: 12) })
    }
  }
}
