import Foundation
import JointVAE
import JointVAEData
import JointVAELive
import JointVAERuns
import TestSupport
import Testing

/// A training that a page follows is the same training.
@Suite("Live training")
struct LiveTrainingTests {
  private struct Number: Decodable {
    var number: Int?
    var step: Int?
    var steps: Int?
    var ending: String?
  }

  private static func begin(_ folder: String, steps: Int) throws -> TrainingRun {
    try TrainingRun.begin(
      in: RunFolder(folder), on: "shapes", changes: SmallRun.changes(steps: steps),
      catalog: DataSetCatalog(cache: nil))
  }

  @Test("tells a browser of the run, its progress, its pictures and its end, and leaves a page")
  func follows() throws {
    try withTemporaryFolder { folder in
      let live = try LiveTraining()
      let browser = try LocalClient.following(live.address)
      let run = try Self.begin("\(folder)/watched", steps: 9)
      _ = try run.train(compute: .threads(1), observers: [live.observer(of: run)])
      live.close()
      browser.read()
      let events = browser.events
      #expect(events.first?.kind == "run" && events.last?.kind == "end")
      #expect(Set(events.map(\.kind)).isSuperset(of: ["run", "progress", "pictures", "end"]))
      for (kind, data) in events {
        let message = try JSONDecoder().decode(Number.self, from: Data(data.utf8))
        #expect(kind == "end" || message.number == 1, "\(kind)")
        if kind == "end" { #expect(message.ending == "finished" && message.step == 9) }
      }
      let progress = try #require(events.last { $0.kind == "progress" })
      let last = try JSONDecoder().decode(Number.self, from: Data(progress.data.utf8))
      #expect(last.step == 9 && last.steps == 9)
      let pictures = try #require(events.last { $0.kind == "pictures" }).data
      #expect(pictures.contains("data:image/png;base64,") && pictures.contains("<svg"))
      #expect(pictures.contains("\"step\":9"))
      let page = try String(contentsOfFile: run.folder.explorer, encoding: .utf8)
      #expect(page.contains("id=\"weights-0\"") && page.contains("id=\"images\""))
    }
  }

  @Test("trains the same model to the bit")
  func same() throws {
    try withTemporaryFolder { folder in
      let live = try LiveTraining()
      let browser = try LocalClient.following(live.address)
      let watched = try Self.begin("\(folder)/watched", steps: 12)
      _ = try watched.train(compute: .threads(2), observers: [live.observer(of: watched)])
      let alone = try Self.begin("\(folder)/alone", steps: 12)
      _ = try alone.train(compute: .threads(2))
      browser.read()
      func files(_ run: borrowing TrainingRun) throws -> [Data] {
        try [run.folder.model, run.folder.state, run.folder.samples].map {
          try Data(contentsOf: URL(filePath: $0))
        }
      }
      #expect(try files(watched) == files(alone))
    }
  }

  @Test("follows the seeds of a search one after the other, and the one that goes on")
  func restarts() throws {
    try withTemporaryFolder { folder in
      let live = try LiveTraining()
      let browser = try LocalClient.following(live.address)
      let run = RunFolder("\(folder)/run")
      let catalog = DataSetCatalog(cache: nil)
      let search = try SeedSearch.begin(
        in: run, on: "shapes", changes: SmallRun.changes(steps: 8),
        request: RestartRequest(count: 2, steps: 4), catalog: catalog)
      _ = try search.choose(
        compute: .threads(1), observers: { [live.observer(of: $0)] })
      let chosen = try TrainingRun.resume(run, changes: SettingChanges(), catalog: catalog)
      _ = try chosen.train(compute: .threads(1), observers: [live.observer(of: chosen)])
      browser.read()
      let begun = try browser.events.filter { $0.kind == "run" }
        .map { try JSONDecoder().decode(Number.self, from: Data($0.data.utf8)) }
      // Which runs it sees is a matter of time; the last one is the one that goes on.
      #expect(begun.last?.number == 3 && begun.last?.step == 4)
      #expect(browser.events.last?.kind == "end")
      #expect(FileManager.default.fileExists(atPath: run.explorer))
    }
  }

  @Test("tells the browser when a training fails, and removes the page of another model")
  func failure() throws {
    try withTemporaryFolder { folder in
      struct Trouble: Error {}
      let live = try LiveTraining()
      let browser = try LocalClient.following(live.address)
      let run = try Self.begin("\(folder)/run", steps: 9)
      try Data("old".utf8).write(to: URL(filePath: run.folder.explorer))
      #expect(throws: Trouble.self) {
        let broken = FunctionObserver { event, _ in
          if case .step(let report) = event, report.step == 5 { throw Trouble() }
          return .proceed
        }
        _ = try run.train(compute: .threads(1), observers: [live.observer(of: run), broken])
      }
      live.close()
      browser.read()
      let end = try #require(browser.events.last)
      #expect(end.kind == "end" && end.data.contains("\"failed\""))
      // The checkpoint of step 2 was another model's.
      #expect(!FileManager.default.fileExists(atPath: run.folder.explorer))
    }
  }
}
