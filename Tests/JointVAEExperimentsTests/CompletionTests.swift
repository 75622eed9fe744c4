import Foundation
import JointVAE
import JointVAEExperiments
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

/// Experiments that were killed while a run wrote its last files.
@Suite("Last files of runs in experiments", .serialized) struct CompletionTests {
  /// One run of two epochs.
  private static let text = """
    base: {dataset: shapes, image-size: 16, limit: 48, batch-size: 16, continuous: 2, steps: 6}
    axes: {discrete: [2]}
    evaluate: {limit: 20}
    """

  private struct Crash: Error {}

  private func runner(in folder: String) throws -> (ExperimentRunner, RunFolder) {
    let plan = try plan(Self.text)
    let run = RunFolder("\(folder)/\(plan.runs[0].name)")
    return (ExperimentRunner(plan, in: folder, compute: .threads(2)), run)
  }

  private func bytes(of run: RunFolder, except left: [String] = []) throws -> [String: Data?] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: run.path)
    return Dictionary(
      uniqueKeysWithValues: paths.filter { !left.contains($0) }.map {
        ($0, FileManager.default.contents(atPath: "\(run.path)/\($0)"))
      })
  }

  @Test("Whatever file is missing, the next start completes the run with the same bytes")
  func missing() throws {
    try withTemporaryFolder { folder in
      let (runner, run) = try runner(in: folder)
      #expect(try runner.run().measuredCount == 1)
      let expected = try bytes(of: run)
      #expect(expected["report.html"] != nil && expected["training.gif"] != nil)
      let files = [
        [run.report], [run.report, run.trainingAnimation], [run.traversalAnimation],
        [run.report, run.samples, run.trainingAnimation, run.evaluation], [run.summary],
        [run.model],
      ]
      for files in files {
        for file in files { try FileManager.default.removeItem(atPath: file) }
        // What a killed process leaves half written goes, too.
        try Data([1]).write(to: URL(filePath: "\(run.samples).0.partial"))
        #expect(try runner.run().measuredCount == 1)
        let found = try bytes(of: run)
        for name in Set(found.keys).union(expected.keys) {
          #expect(found[name] == expected[name], "\(name) after \(files) were missing")
        }
        #expect(try runner.states() == [.finished(steps: 6)])
      }
    }
  }

  @Test("A page and animations of an earlier stop do not pass for those of the end")
  func outdated() throws {
    try withTemporaryFolder { folder in
      // Times differ, in the log and on the page.
      let timed = ["metrics.csv", "epochs.csv", "report.html"]
      let (parts, run) = try runner(in: "\(folder)/runs")
      #expect(try parts.run().measuredCount == 1)
      let expected = try bytes(of: run, except: timed)
      try FileManager.default.removeItem(atPath: "\(folder)/runs")
      let stopped = try parts.run(observers: { _ in
        [
          FunctionObserver { event, _ in
            if case .step(let report) = event, report.step == 3 { .stop } else { .proceed }
          }
        ]
      })
      #expect(stopped.measuredCount == 0 && stopped.failureCount == 0)
      #expect(FileManager.default.fileExists(atPath: run.report))
      // The process ends once everything but the page is written.
      let killed = try parts.run(observers: { _ in
        [
          FunctionObserver { event, _ in
            if case .ended = event { throw Crash() }
            return .proceed
          }
        ]
      })
      #expect(killed.failureCount == 1)
      #expect(!FileManager.default.fileExists(atPath: run.report))
      #expect(try parts.states() == [.begun(step: 6, of: 6)])
      #expect(try parts.run().measuredCount == 1)
      let found = try bytes(of: run, except: timed)
      for name in Set(found.keys).union(expected.keys) {
        #expect(found[name] == expected[name], "\(name)")
      }
      #expect(FileManager.default.fileExists(atPath: run.report))
    }
  }
}
