import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import JointVAETensorBoard
import TestSupport
import Testing

/// One after the other: each trains with all cores.
@Suite("The events of a run", .serialized) struct TensorBoardLogTests {
  private func train(_ run: RunFolder, steps: Int, seed: UInt64? = nil, isLogged: Bool = true)
    throws
  {
    let training = try TrainingRun.begin(
      in: run, on: "shapes", changes: SmallRun.changes(steps: steps, seed: seed),
      catalog: DataSetCatalog())
    _ = try training.train(observers: isLogged ? [TensorBoardLog(training)] : [])
  }

  private func resume(
    _ run: RunFolder, steps: Int, pause: Int? = nil, observers: [any TrainingObserver] = []
  ) throws {
    var changes = SettingChanges()
    changes.length = .steps(steps)
    let training = try TrainingRun.resume(run, changes: changes, catalog: DataSetCatalog())
    _ = try training.train(until: pause, observers: observers + [TensorBoardLog(training)])
  }

  /// The numbers of a CSV file of a run, by their tags.
  private func numbers(_ path: String, _ tag: (String) -> String?) throws -> [String:
    [EventReader.Scalar]]
  {
    let text = String(decoding: try BoundedFile.read(path, limit: 1 << 20), as: UTF8.self)
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let place = try #require(rows[0].firstIndex(of: "step"))
    var numbers: [String: [EventReader.Scalar]] = [:]
    for (column, name) in rows[0].enumerated() {
      guard let tag = tag(String(name)) else { continue }
      numbers[tag] = try rows.dropFirst().compactMap { row in
        guard let value = Float(row[column]) else { return nil }
        return EventReader.Scalar(step: try #require(Int(row[place])), value: value)
      }
    }
    return numbers
  }

  /// Requires that the events are the numbers of the run's tables, each once.
  private func expectSame(_ run: RunFolder, _ folder: String? = nil) throws {
    let events = try EventReader(folder ?? run.events)
    let others = ["step", "epoch", "seconds"]
    var expected = try numbers(run.metrics) { name in
      if others.contains(name) { return nil }
      let isLatent = name.wholeMatch(of: /kl_[zc]\d+/) != nil
      return isLatent ? "kl/\(name.dropFirst(3))" : "objective/\(name)"
    }
    expected.merge(
      try numbers(run.epochs) { name in
        if others.contains(name) { return nil }
        return name.hasPrefix("validation_") ? "validation/\(name.dropFirst(11))" : "epoch/\(name)"
      }
    ) { first, _ in first }
    for (tag, values) in expected { #expect(events.scalars[tag] == values, "\(tag)") }
    for (tag, values) in events.scalars {
      let steps = values.map(\.step)
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 }, "\(tag) \(steps)")
    }
    for (tag, steps) in events.others {
      #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 }, "\(tag) \(steps)")
    }
  }

  @Test("are the numbers of its tables, pictures, histograms, settings, scores and codes")
  func contents() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try train(run, steps: 10)
      try expectSame(run)
      let events = try EventReader(run.events)
      for name in ["samples", "reconstructions", "traversals"] {
        #expect(events.others["pictures/\(name)"] == [2, 4, 6, 8, 10])
      }
      for tag in ["z/z0", "z/z1", "alpha/c0", "categories/c0"] {
        #expect(events.others[tag] == [2, 4, 6, 8, 10], "\(tag)")
      }
      #expect(events.others["run/config"] == [0])
      #expect(events.others["_hparams_/experiment"] == [0])
      #expect(events.others["_hparams_/session_start_info"] == [0])
      #expect(events.others["_hparams_/session_end_info"] == [10])
      for tag in ["information/z0", "information/c0", "information/total"] {
        #expect(events.scalars[tag]?.map(\.step) == [2, 4, 6, 8, 10])
      }
      for tag in ["scores/loss", "scores/validation_loss", "scores/kl_z", "scores/information"] {
        #expect(events.scalars[tag]?.map(\.step) == [10], "\(tag)")
      }
      #expect(events.scalars["training/learning_rate"]?.first?.value == Float(1e-3))
      #expect(events.scalars["training/images_per_second"]?.isEmpty == false)
      let names = try fileNames(in: run.events)
      #expect(
        names.filter { !$0.hasPrefix("events.") } == [
          "codes.tsv", "labels.tsv", "projector_config.pbtxt", "sprite.png",
        ])
      let codes = try String(contentsOfFile: "\(run.events)/codes.tsv", encoding: .utf8)
      let lines = codes.split(separator: "\n")
      #expect(lines.count == 27)
      #expect(lines.allSatisfy { $0.split(separator: "\t").count == 5 })
      let labels = try String(contentsOfFile: "\(run.events)/labels.tsv", encoding: .utf8)
      #expect(labels.split(separator: "\n").count == 28)
      #expect(labels.hasPrefix("class\tc0\timage\n"))
    }
  }

  @Test("have each step once after a stop, a kill and a torn record, and go on by themselves")
  func resumed() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try train(run, steps: 7)
      try expectSame(run)
      try resume(run, steps: 12)
      try expectSame(run)
      #expect(try EventReader(run.events).others["_hparams_/session_end_info"] == [12])
      // Killed after step 15, with the last checkpoint at step 14.
      struct Kill: Error {}
      let kill = FunctionObserver { event, _ in
        if case .step(let report) = event, report.step == 16 { throw Kill() }
        return .proceed
      }
      #expect(throws: Kill.self) { try resume(run, steps: 20, observers: [kill]) }
      let names = try fileNames(in: run.events).filter { $0.hasPrefix("events.") }
      let last = "\(run.events)/\(try #require(names.last))"
      var bytes = try BoundedFile.read(last, limit: 1 << 24)
      bytes.removeLast(3)
      try AtomicFile.write(bytes, to: last)
      try resume(run, steps: 20)
      try expectSame(run)
      // Those of its checkpoints, and step 7, at which it ended first.
      #expect(
        try EventReader(run.events).others["z/z0"] == [2, 4, 6, 7, 8, 10, 12, 14, 16, 18, 20])
    }
  }

  @Test("begin in the middle of a run that was not watched, with all its rows")
  func later() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try train(run, steps: 6, isLogged: false)
      #expect(!TensorBoardLog.isThere(in: run))
      try resume(run, steps: 9)
      #expect(TensorBoardLog.isThere(in: run))
      try expectSame(run)
    }
  }

  @Test("of a finished run are the same numbers")
  func converted() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try train(run, steps: 8, isLogged: false)
      let target = "\(folder)/events"
      let conversion = try TensorBoardConversion(of: run.path, to: target)
      #expect(try conversion.write(catalog: DataSetCatalog()).isEmpty)
      try expectSame(run, target)
      let events = try EventReader(target)
      #expect(events.others["pictures/samples"] == [8])
      #expect(events.others["z/z0"] == [8])
      #expect(events.others["_hparams_/session_end_info"] == [8])
      #expect(try fileNames(in: target).contains("sprite.png"))
      // Again only when it is said, and then in place of the first.
      #expect(throws: FileError(target, "holds the events of this run already", remedy: .replace)) {
        try TensorBoardConversion(of: run.path, to: target)
      }
      // A picture that cannot be read is named, and the others are there.
      try AtomicFile.write([1, 2, 3], to: run.samples)
      let remarks = try TensorBoardConversion(of: run.path, to: target, replacing: true)
        .write(catalog: DataSetCatalog())
      #expect(remarks == ["\(run.samples): is no PNG; the events lack it"])
      #expect(try EventReader(target).others["pictures/reconstructions"] == [8])
      #expect(try fileNames(in: target).filter { $0.hasPrefix("events.") }.count == 1)
      try expectSame(run, target)
    }
  }

  @Test("are refused a folder of another run, another program or other files")
  func refused() throws {
    try withTemporaryFolder { folder in
      let (run, other) = (RunFolder("\(folder)/run"), RunFolder("\(folder)/other"))
      try train(run, steps: 2)
      try train(other, steps: 2, seed: 9)
      func problem(_ target: String, replacing: Bool = true) -> String? {
        do {
          _ = try TensorBoardConversion(of: run.path, to: target, replacing: replacing)
          return nil
        } catch { return (error as? FileError)?.problem ?? "\(error)" }
      }
      #expect(
        problem(other.events)
          == "holds the events of another run, with seed 9, not 1; choose another folder")
      // A training does not go on with them, either.
      try FileManager.default.removeItem(atPath: run.events)
      try FileManager.default.copyItem(atPath: other.events, toPath: run.events)
      let error = #expect(throws: FileError.self) { try resume(run, steps: 4) }
      #expect(error?.problem.hasPrefix("holds the events of another run") == true)
      let strange = "\(folder)/strange"
      try run.makeFolder(strange)
      try AtomicFile.write([0], to: "\(strange)/events.out.tfevents.1700000000.host.1.0")
      #expect(problem(strange) == "is an event file of another program; choose another folder")
      let full = "\(folder)/full"
      try run.makeFolder(full)
      try AtomicFile.write("hello", to: "\(full)/notes.txt")
      #expect(problem(full) == "holds other files; expected a new or empty folder")
      #expect(problem("\(full)/notes.txt") == "is a file; expected a folder")
      #expect(throws: FileError.self) {
        try TensorBoardConversion(of: "\(folder)/none", to: "\(folder)/x")
      }
    }
  }
}
