import Foundation
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

/// Searches among three seeds of a small run, and what they leave behind.
struct RestartFixtures {
  /// 27 images, 12 steps, of which 6 before one of three seeds goes on.
  static let steps = 12
  static let request = RestartRequest(count: 3)

  static var changes: SettingChanges {
    var changes = SmallRun.changes(steps: steps)
    changes.seed = 5
    // A row a step, so that the last tenth of six steps is a row of its own.
    changes.logInterval = 1
    return changes
  }

  /// Where the run is to stand.
  let out: RunFolder
  /// Where its seeds are trained.
  var seeds: String { out.path + ".restarts" }

  init(_ folder: String) { out = RunFolder("\(folder)/run") }

  /// The run of a seed that is being trained.
  func candidate(_ seed: UInt64) -> RunFolder { RunFolder("\(seeds)/seed-\(seed)") }

  /// Begins a search.
  func begin(
    _ changes: SettingChanges = Self.changes, _ request: RestartRequest = Self.request
  ) throws -> SeedSearch {
    try SeedSearch.begin(
      in: out, on: "shapes", changes: changes, request: request, catalog: DataSetCatalog())
  }

  /// Goes on with a search, when there is one, and then with the run that was chosen, to its end.
  func resume(
    _ changes: SettingChanges = SettingChanges(), _ request: RestartRequest? = nil
  ) throws -> TrainingRun.Result {
    if let search = try SeedSearch.resume(
      out, changes: changes, request: request, catalog: DataSetCatalog())
    {
      _ = try Self.choose(search)
    }
    return try finish()
  }

  /// Goes on with the run that was chosen, to its end.
  func finish() throws -> TrainingRun.Result {
    try Self.train(
      try TrainingRun.resume(out, changes: SettingChanges(), catalog: DataSetCatalog()))
  }

  /// Lets a search choose.
  static func choose(_ search: borrowing SeedSearch) throws -> SeedSearch.Ending {
    try search.choose(compute: .threads(1))
  }

  /// Trains one of the seeds up to a step, as a search does.
  func train(_ seed: UInt64, until step: Int) throws {
    var changes = Self.changes
    changes.seed = seed
    let run = try TrainingRun.begin(
      in: candidate(seed), on: "shapes", changes: changes, catalog: DataSetCatalog())
    let result = try Self.train(run, until: step)
    #expect(result.ending == .paused)
  }

  static func train(
    _ run: borrowing TrainingRun, until step: Int? = nil
  ) throws -> TrainingRun.Result {
    try run.train(until: step, compute: .threads(1))
  }

  /// The run that training with one seed alone leaves behind.
  static func plain(_ seed: UInt64, in folder: RunFolder) throws {
    var changes = Self.changes
    changes.seed = seed
    let run = try TrainingRun.begin(
      in: folder, on: "shapes", changes: changes, catalog: DataSetCatalog())
    _ = try train(run)
  }

  /// Writes a table as the program lays it out.
  static func write(_ table: RestartTable, to path: String) throws {
    try AtomicFile.write(Array(try JSONEncoder().encode(table)), to: path)
  }

  /// All files of two runs are the same, but for the seconds in the logs and the table of restarts.
  static func expectSame(_ run: RunFolder, _ other: RunFolder) throws {
    let own: Set = ["restarts.json"]
    let names = try fileNames(in: other.path).filter { !own.contains($0) }
    #expect(try fileNames(in: run.path).filter { !own.contains($0) } == names)
    let frames = try fileNames(in: other.frames)
    #expect(try fileNames(in: run.frames) == frames)
    let files =
      names.filter { $0 != "checkpoints" } + ["checkpoints/state.safetensors"]
      + frames.map { "checkpoints/frames/\($0)" }
    for name in files {
      let same = try contents(run, name) == contents(other, name)
      #expect(same, "\(name) differs")
    }
  }

  private static func contents(_ run: RunFolder, _ name: String) throws -> [UInt8] {
    let bytes = try BoundedFile.read("\(run.path)/\(name)", limit: 1 << 30)
    guard name.hasSuffix(".csv") else { return bytes }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      var fields = line.split(separator: ",")
      fields.remove(at: 2)
      return fields.joined(separator: ",")
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}
