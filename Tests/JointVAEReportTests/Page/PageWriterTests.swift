import Foundation
import JointVAEData
import JointVAEFiles
import JointVAEReport
import JointVAERuns
import TestSupport
import Testing

/// One after the other: each trains.
@Suite("A page writer", .serialized)
struct PageWriterTests {
  @Test("writes the same page for a run that was resumed as for one that went through")
  func resumed() throws {
    try withTemporaryFolder { folder in
      let (whole, parts) = (RunFolder("\(folder)/whole"), RunFolder("\(folder)/parts"))
      try ReportFixtures.train(whole, steps: 8)
      try ReportFixtures.train(parts, steps: 3)
      var changes = SettingChanges()
      changes.length = .steps(8)
      let run = try TrainingRun.resume(parts, changes: changes, catalog: DataSetCatalog())
      _ = try run.train(compute: .threads(1), observers: [PageWriter(parts)])
      #expect(try page(of: parts) == page(of: whole))
    }
  }

  @Test("writes no page of a run that waits for others")
  func paused() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      let training = try TrainingRun.begin(
        in: run, on: "shapes", changes: SmallRun.changes(steps: 8), catalog: DataSetCatalog())
      _ = try training.train(until: 4, compute: .threads(1), observers: [PageWriter(run)])
      #expect(!FileManager.default.fileExists(atPath: run.report))
    }
  }

  @Test("shows the seeds among which a run was chosen; a damaged table is named")
  func restarts() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try ReportFixtures.train(run)
      let request = ReportRequest(comparing: [run])
      #expect(try !ReportFixtures.page(request, in: folder).text.contains("Restarts"))

      try AtomicFile.write(Self.table, to: run.restarts)
      let page = try ReportFixtures.page(request, in: folder).text
      #expect(page.contains(">Restarts</h"))
      #expect(page.contains("3 seeds were trained up to step 100; the one with the smallest loss"))
      #expect(page.contains("<td class=\"number\">214.70</td>"))
      #expect(page.contains("out of the running: step 9: &lt;b&gt;.bias"))
      #expect(PageOutline(page).mistakes == [])

      try AtomicFile.write("{", to: run.restarts)
      let damaged = try ReportFixtures.page(request, in: folder)
      #expect(damaged.missing.contains { $0.hasPrefix("\(run.restarts): is malformed JSON") })
    }
  }

  private static let table = """
    {"format": 1, "firstSeed": 3, "count": 3, "step": 100, "kept": 4, "candidates": [
      {"seed": 3, "loss": 224.5, "categoriesUsed": 9, "categories": 10},
      {"seed": 4, "loss": 214.7, "categoriesUsed": 10, "categories": 10},
      {"seed": 5, "failure": "step 9: <b>.bias holds a value that is not finite"}]}
    """

  /// The page, but for the run's own name and path.
  private func page(of run: RunFolder) throws -> String {
    let own = run.path.split(separator: "/").last ?? ""
    var page = try String(contentsOfFile: run.report, encoding: .utf8)
      .replacing(run.path, with: "PATH")
    // By its places, since the letters of a short name stand in the pictures' bytes, too.
    for place in ["Run \(own) on", "<bdi>\(own)</bdi>", "\"\(own): "] {
      page = page.replacing(place, with: "NAME")
    }
    return page
  }
}
