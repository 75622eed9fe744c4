import Foundation
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct RunFolderTests {
  @Test("A new run's folder is made with those above it")
  func create() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/a/b/")
      try run.create()
      #expect(run.path == "\(folder)/a/b")
      #expect(try fileNames(in: run.path) == ["checkpoints"])
      #expect(try fileNames(in: run.checkpoints) == ["frames"])
      #expect(!run.isRun)
    }
  }

  @Test("What a program left that was killed before it wrote config.json is no obstacle")
  func leftovers() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      try run.create()
      try AtomicFile.write("{", to: "\(folder)/config.json.77.partial")
      try run.create()
    }
  }

  @Test("A folder that is taken is refused")
  func taken() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/run"
      let run = RunFolder(path)
      try AtomicFile.write("text", to: path)
      #expect(throws: RunFolderError(path, .isFile)) {
        try run.create()
      }
      try FileManager.default.removeItem(atPath: path)
      try run.create()
      try AtomicFile.write("mine", to: "\(path)/notes.txt")
      #expect(throws: RunFolderError(path, .holdsOtherFiles)) { try run.create() }
      try AtomicFile.write("{}", to: run.configuration)
      #expect(throws: RunFolderError(path, .holdsRun)) { try run.create() }
    }
  }

  @Test("A folder that cannot be made says why")
  func cannotBeMade() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("text", to: "\(folder)/file")
      let path = "\(folder)/file/run"
      #expect(throws: FileError(path, "cannot be made: Not a directory")) {
        try RunFolder(path).create()
      }
    }
  }

  @Test("Resuming needs a run")
  func requireRun() throws {
    try withTemporaryFolder { folder in
      let missing = RunFolder("\(folder)/none")
      #expect(throws: RunFolderError(missing.path, .isMissing)) { try missing.requireRun() }
      let run = RunFolder(folder)
      #expect(throws: RunFolderError(folder, .holdsNoRun)) { try run.requireRun() }
      try AtomicFile.write("{}", to: run.configuration)
      try run.requireRun()
      #expect(try fileNames(in: run.checkpoints) == ["frames"])
    }
  }

  @Test(
    "An error names the folder, what is wrong and what was expected, and no option of a program",
    arguments: [
      (.isFile, "run: is a file; expected a new or empty folder"),
      (.isMissing, "run: does not exist; expected the folder of a run"),
      (
        .hasNoName,
        "run: cannot be replaced by the seed that goes on; expected the name of a new folder"
      ),
      (.hasOtherSetting("seed 1, not 2"), "run: was begun with seed 1, not 2"),
      (
        .hasDoneMore(steps: 20, asked: 12),
        "run: has done 20 steps, more than the 12 asked for now"
      ),
    ] as [(RunFolderError.Reason, String)])
  func description(reason: RunFolderError.Reason, sentence: String) {
    #expect(RunFolderError("run", reason).description == sentence)
  }

  @Test("Two programs cannot train in one folder")
  func lock() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      try hold(run)
      // The lock is let go when its holder is.
      try hold(run)
    }
  }

  private func hold(_ run: RunFolder) throws {
    let lock = try RunLock(run)
    #expect(
      throws: FileError(
        run.path, "is being trained by another program; wait for it or stop it")
    ) { _ = try RunLock(run) }
    _ = consume lock
  }

  @Test(
    "A run is named after its data set",
    arguments: [
      ("mnist", "mnist"), ("../data/digits.idx.gz", "digits"), ("photos/", "photos"), ("..", "run"),
    ])
  func name(dataSet: String, name: String) {
    #expect(RunFolder.name(for: dataSet) == name)
  }
}
