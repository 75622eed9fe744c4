import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import JointVAERuns
import TestSupport
import Testing

/// One after the other: each uses all cores for its pictures.
@Suite(.serialized)
struct TrainingRunTests {
  @Test("A run leaves its settings, logs, model, state and pictures behind")
  func files() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      let result = try train(run, steps: 10)
      #expect(result.ending == .finished)
      #expect(result.step == 10)
      #expect(result.summary.imageCount == 27)
      #expect(
        try fileNames(in: run.path) == [
          "checkpoints", "config.json", "epochs.csv", "metrics.csv", "model.safetensors",
          "posterior.json", "reconstructions.png", "samples.png", "summary.json", "training.gif",
          "traversals.gif",
          "traversals.png",
        ])
      #expect(try fileNames(in: run.checkpoints) == ["frames", "state.safetensors"])
      // 27 images in batches of 8 are four steps an epoch.
      #expect(try fileNames(in: run.frames) == ["000001.png", "000002.png"])
      #expect(try StoredModel(run.path).summary == result.summary)
    }
  }

  @Test("Resuming removes what a killed program left half written, and nothing else")
  func partialFiles() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      _ = try train(run, steps: 4)
      let before = try [run.path, run.checkpoints, run.frames].map(fileNames(in:))
      for part in [run.model, run.state, "\(run.frames)/000001.png"] {
        try Data([1]).write(to: URL(filePath: "\(part).123-0.partial"))
      }
      try Data([1]).write(to: URL(filePath: "\(run.path)/notes.txt"))
      _ = try resume(run, steps: 4)
      #expect(try fileNames(in: run.path) == (before[0] + ["notes.txt"]).sorted())
      #expect(try fileNames(in: run.checkpoints) == before[1])
      #expect(try fileNames(in: run.frames) == before[2])
    }
  }

  @Test(
    "A run of a later version is not gone on with, and both versions are named",
    arguments: [
      (
        "2.0.0",
        "was written by version 2.0.0, which is later than this one, \(PackageVersion.current); "
          + "go on with that version, or begin another run"
      ), ("x", "was written by version \"x\"; expected one such as \(PackageVersion.current)"),
    ])
  func laterVersion(_ version: String, problem: String) throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      _ = try train(run, steps: 2)
      let text = String(
        decoding: try BoundedFile.read(run.configuration, limit: 1 << 20), as: UTF8.self)
      let own = "\"jointvae\" : \"\(PackageVersion.current)\""
      #expect(text.contains(own))
      for other in ["\"jointvae\" : \"0.9.0\"", own] {
        try AtomicFile.write(text.replacing(own, with: other), to: run.configuration)
        _ = try resume(run, steps: 2)
      }
      try AtomicFile.write(
        text.replacing(own, with: "\"jointvae\" : \"\(version)\""), to: run.configuration)
      #expect(throws: FileError(run.configuration, problem)) { try resume(run, steps: 4) }
    }
  }

  @Test("A run of fewer steps that is resumed ends as one that went through")
  func longer() throws {
    try withTemporaryFolder { folder in
      let (whole, parts) = (RunFolder("\(folder)/whole"), RunFolder("\(folder)/parts"))
      _ = try train(whole, steps: 14)
      _ = try train(parts, steps: 3)
      _ = try resume(parts, steps: 8)
      let result = try resume(parts, steps: 14)
      #expect(result.step == 14)
      try expectSame(parts, whole)
    }
  }

  @Test("A run that was killed goes on from its last checkpoint, whatever it wrote since")
  func killed() throws {
    try withTemporaryFolder { folder in
      let (whole, killed) = (RunFolder("\(folder)/whole"), RunFolder("\(folder)/killed"))
      _ = try train(whole, steps: 14)
      _ = try train(killed, steps: 6)
      let state = try BoundedFile.read(killed.state, limit: 1 << 30)
      _ = try resume(killed, steps: 14)
      // All but the state is that of step 14 now: later rows and frames must come again, not twice.
      try AtomicFile.write(state, to: killed.state)
      _ = try resume(killed, steps: 14)
      try expectSame(killed, whole)
    }
  }

  @Test("A run that was killed before its first checkpoint begins again")
  func killedEarly() throws {
    try withTemporaryFolder { folder in
      let (whole, killed) = (RunFolder("\(folder)/whole"), RunFolder("\(folder)/killed"))
      _ = try train(whole, steps: 9)
      _ = try train(killed, steps: 9)
      try FileManager.default.removeItem(atPath: killed.state)
      _ = try resume(killed, steps: nil)
      try expectSame(killed, whole)
    }
  }

  @Test("Threads do not change what a run leaves behind")
  func threads() throws {
    try withTemporaryFolder { folder in
      let (one, three) = (RunFolder("\(folder)/one"), RunFolder("\(folder)/three"))
      _ = try train(one, steps: 5)
      _ = try train(three, steps: 5, threads: 3)
      try expectSame(three, one)
    }
  }

  @Test("A finished run that is resumed draws what is missing and changes nothing")
  func finished() throws {
    try withTemporaryFolder { folder in
      let (whole, again) = (RunFolder("\(folder)/whole"), RunFolder("\(folder)/again"))
      _ = try train(whole, steps: 5)
      _ = try train(again, steps: 5)
      try FileManager.default.removeItem(atPath: again.trainingAnimation)
      let result = try resume(again, steps: nil)
      #expect(result.ending == .finished)
      try expectSame(again, whole)
    }
  }

  @Test("Fewer steps than are done are refused")
  func fewer() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      _ = try train(run, steps: 5)
      #expect(
        throws: ConfigurationError(
          "length", "4 steps", expected: "at least the 5 steps that \(folder) has done")
      ) { try resume(run, steps: 4) }
    }
  }

  @Test("An observer stops a run, which writes a checkpoint from which it goes on")
  func stopped() throws {
    try withTemporaryFolder { folder in
      let (whole, cut) = (RunFolder("\(folder)/whole"), RunFolder("\(folder)/cut"))
      _ = try train(whole, steps: 9)
      let run = try TrainingRun.begin(
        in: cut, on: "shapes", changes: SmallRun.changes(steps: 9), catalog: DataSetCatalog())
      let result = try run.train(
        compute: .threads(1), observers: [FunctionObserver { _, _ in .stop }])
      #expect(result.ending == .stopped)
      #expect(result.step == 0)
      _ = consume run
      _ = try resume(cut, steps: nil)
      try expectSame(cut, whole)
    }
  }

  @Test("A setting of a run that differs is refused by its name")
  func fixedSettings() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      _ = try train(run, steps: 2)
      func refuse(_ sentence: String, _ change: (inout SettingChanges) -> Void) {
        var changes = SettingChanges()
        change(&changes)
        #expect(
          throws: RunFolderError(folder, .hasOtherSetting(sentence))
        ) { _ = try TrainingRun.resume(run, changes: changes, catalog: DataSetCatalog()) }
      }
      refuse("data set shapes, not mnist") { $0.dataSet = "mnist" }
      refuse("limit 30, not 31") { $0.limit = 31 }
      refuse("validation 0.1, not 0.2") { $0.validation = .share(0.2) }
      refuse("image size 16, not 32; channels 64,64, not 32,64,64") { $0.imageSize = 32 }
      refuse("recipe shapes, not mnist") { $0.recipe = "mnist" }
      refuse("seed 1, not 2") { $0.seed = 2 }
      refuse("continuous 2, not 3") { $0.continuous = 3 }
      refuse("discrete 3, not 3,2") { $0.discrete = [3, 2] }
      refuse("loss bce, not mse") { $0.loss = .meanSquaredError }
      refuse("reconstruction scale reference, not sum") { $0.reconstructionScale = .sum }
      refuse("temperature 0.67, not 0.5") { $0.temperature = 0.5 }
      refuse("optimizer adam, not sgd; momentum none, not 0.0; adam betas 0.9,0.999, not none") {
        $0.optimizer = .sgd
      }
      refuse("learning rate 0.001, not 0.1") { $0.learningRate = 0.1 }
      refuse("batch size 8, not 16") { $0.batchSize = 16 }
      refuse("log interval 3, not 4") { $0.logInterval = 4 }
      // The same values, and what may change, are taken.
      var same = SmallRun.changes(steps: 3)
      (same.dataSet, same.recipe, same.checkpointInterval) = ("shapes", "shapes", 5)
      _ = try TrainingRun.resume(run, changes: same, catalog: DataSetCatalog())
    }
  }

  @Test("Other images under the same name are noticed")
  func otherImages() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      _ = try train(run, steps: 2)
      var configuration = try RunConfiguration(contentsOf: run.configuration)
      configuration.images.fingerprint = "0000000000000000"
      try configuration.write(to: run.configuration)
      #expect(
        throws: RunFolderError(
          folder,
          .hasOtherImages(
            of: "shapes", count: 27, shape: "16x16x1", fingerprint: "0000000000000000"))
      ) { try resume(run, steps: nil) }
    }
  }

  @Test("A state of other settings is refused")
  func otherState() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      _ = try train(run, steps: 2)
      try AtomicFile.write("no state", to: run.state)
      #expect(throws: FileError.self) { try resume(run, steps: nil) }
    }
  }

  @Test("Nothing is written before the images are there")
  func noImages() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      #expect(throws: DataSetError.self) {
        _ = try TrainingRun.begin(
          in: run, on: "mnst", changes: SettingChanges(),
          catalog: DataSetCatalog(roots: DataRoots(folders: [])))
      }
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  // MARK: A small run

  private func train(
    _ folder: RunFolder, steps: Int, threads: Int = 1
  ) throws -> TrainingRun.Result {
    let run = try TrainingRun.begin(
      in: folder, on: "shapes", changes: SmallRun.changes(steps: steps), catalog: DataSetCatalog())
    return try run.train(compute: .threads(threads))
  }

  private func resume(_ folder: RunFolder, steps: Int?) throws -> TrainingRun.Result {
    var changes = SettingChanges()
    changes.length = steps.map { .steps($0) }
    let run = try TrainingRun.resume(folder, changes: changes, catalog: DataSetCatalog())
    return try run.train(compute: .threads(1))
  }

  /// All files are the same, but for the seconds in the logs.
  private func expectSame(_ run: RunFolder, _ other: RunFolder) throws {
    #expect(try fileNames(in: run.path) == fileNames(in: other.path))
    #expect(try fileNames(in: run.frames) == fileNames(in: other.frames))
    let frames = try fileNames(in: other.frames).map { "checkpoints/frames/\($0)" }
    for name in try fileNames(in: other.path) + ["checkpoints/state.safetensors"] + frames {
      if name == "checkpoints" { continue }
      let same = try contents(run, name) == contents(other, name)
      #expect(same, "\(name) differs")
    }
  }

  private func contents(_ run: RunFolder, _ name: String) throws -> [UInt8] {
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
