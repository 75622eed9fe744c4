import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

@Suite(.serialized)
struct SeedSearchBadInputTests {
  @Test(
    "Numbers that cannot be are refused by name, and nothing is written",
    arguments: [
      (0, nil, 5, "restarts is 0; expected from 1 to 1000 seeds"),
      (-1, nil, 5, "restarts is -1; expected from 1 to 1000 seeds"),
      (1001, nil, 5, "restarts is 1001; expected from 1 to 1000 seeds"),
      (2, 0, 5, "restart steps is 0; expected at least 1"),
      (2, 13, 5, "restart steps is 13; expected from 1 to the 12 steps of the run"),
      (
        2, nil, .max,
        "seed is 18446744073709551615; expected at most 18446744073709551614 with 2 seeds"
      ),
    ] as [(Int, Int?, UInt64, String)])
  func numbers(count: Int, steps: Int?, seed: UInt64, sentence: String) throws {
    try withTemporaryFolder { folder in
      var changes = RestartFixtures.changes
      changes.seed = seed
      let error = try #require(throws: ConfigurationError.self) {
        _ = try RestartFixtures(folder).begin(changes, RestartRequest(count: count, steps: steps))
      }
      #expect(error.description == sentence)
      #expect(try fileNames(in: folder) == [])
    }
  }

  @Test("Folders that are taken, or cannot be replaced, are refused")
  func taken() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      func refuse(_ path: String, _ reason: RunFolderError.Reason) throws {
        #expect(throws: RunFolderError(path, reason)) { _ = try fixture.begin() }
      }
      let files = FileManager.default
      try AtomicFile.write("mine", to: fixture.seeds)
      try refuse(fixture.seeds, .isFile)
      try files.removeItem(atPath: fixture.seeds)
      try files.createDirectory(atPath: fixture.seeds, withIntermediateDirectories: true)
      try AtomicFile.write("mine", to: "\(fixture.seeds)/notes.txt")
      try refuse(fixture.seeds, .holdsOtherFiles)
      // What is left of a program that was killed before it wrote the table is no obstacle.
      try files.removeItem(atPath: "\(fixture.seeds)/notes.txt")
      try AtomicFile.write("{", to: "\(fixture.seeds)/settings.json")
      _ = try fixture.begin()
      try refuse(fixture.seeds, .holdsSeeds)
      try files.createDirectory(atPath: fixture.out.path, withIntermediateDirectories: true)
      try AtomicFile.write("mine", to: "\(fixture.out.path)/notes.txt")
      try refuse(fixture.out.path, .holdsOtherFiles)
      #expect(throws: RunFolderError.self) { _ = try fixture.resume() }
      for path in [".", "..", "\(folder)/.", "/"] {
        #expect(throws: RunFolderError.self) {
          _ = try SeedSearch.begin(
            in: RunFolder(path), on: "shapes", changes: RestartFixtures.changes,
            request: RestartFixtures.request, catalog: DataSetCatalog())
        }
      }
    }
  }

  @Test("Other settings are refused when a search goes on, by their name")
  func otherSettings() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      _ = try fixture.begin()
      func refuse(
        _ setting: String, _ request: RestartRequest? = nil,
        _ change: (inout SettingChanges) -> Void
      ) {
        var changes = SettingChanges()
        change(&changes)
        #expect(throws: RunFolderError(fixture.seeds, .hasOtherSetting(setting))) {
          _ = try fixture.resume(changes, request)
        }
      }
      refuse("batch size 8, not 16") { $0.batchSize = 16 }
      refuse("seed 5, not 6") { $0.seed = 6 }
      refuse("restarts 3, not 4", RestartRequest(count: 4)) { _ in }
      refuse("restart steps 6, not 7", RestartRequest(count: 3, steps: 7)) { _ in }
      var longer = SettingChanges()
      longer.length = .steps(13)
      #expect(
        throws: FileError(
          fixture.seeds,
          "was begun with a length of 12 steps, not 13 steps; change it when one of the seeds goes on"
        )
      ) { _ = try fixture.resume(longer, nil) }
      #expect(try fileNames(in: fixture.seeds) == ["restarts.json", "settings.json"])
    }
  }

  @Test(
    "A run that was chosen is not gone on with as another search, nor one without restarts as one")
  func otherSearch() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      _ = try RestartFixtures.choose(try fixture.begin())
      #expect(
        throws: RunFolderError(fixture.out.path, .hasOtherSetting("restarts 3, not 2"))
      ) { _ = try fixture.resume(SettingChanges(), RestartRequest(count: 2)) }
      unlink(fixture.out.restarts)
      #expect(
        throws: RunFolderError(fixture.out.path, .hasNoRestarts)
      ) { _ = try fixture.resume(SettingChanges(), RestartFixtures.request) }
    }
  }

  @Test("Only one program searches in a folder")
  func locked() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      let search = try fixture.begin()
      #expect(
        throws: FileError(
          fixture.seeds, "is being trained by another program; wait for it or stop it")
      ) { _ = try fixture.resume() }
      #expect(search.folder == fixture.out)
    }
  }

  @Test("Other files beside the seeds stay, and so does what is left of another search")
  func othersFiles() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      let search = try fixture.begin()
      try AtomicFile.write("mine", to: "\(fixture.seeds)/notes.txt")
      _ = try RestartFixtures.choose(search)
      #expect(try fileNames(in: fixture.seeds) == ["notes.txt"])
      var other = try RestartTable(contentsOf: fixture.out.restarts)
      other.kept = nil
      other.step += 1
      try RestartFixtures.write(other, to: "\(fixture.seeds)/restarts.json")
      _ = try fixture.resume()
      #expect(try fileNames(in: fixture.seeds) == ["notes.txt", "restarts.json"])
    }
  }

  @Test("A log that holds no number is named with its line")
  func damagedLog() throws {
    try withTemporaryFolder { folder in
      let fixture = RestartFixtures(folder)
      _ = try fixture.begin()
      try fixture.train(5, until: 6)
      let metrics = fixture.candidate(5).metrics
      var rows = try String(contentsOfFile: metrics, encoding: .utf8).split(separator: "\n")
        .map { $0.split(separator: ",").map(String.init) }
      let place = try #require(rows[0].firstIndex(of: "loss"))
      rows[6][place] = "nan"
      try AtomicFile.write(
        rows.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n", to: metrics)
      #expect(throws: FileError(metrics, "line 7 holds \"nan\" as loss; expected a number")) {
        _ = try fixture.resume()
      }
    }
  }
}
