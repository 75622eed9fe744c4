import Foundation
import JointVAEFiles
import JointVAEReports
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
      #expect(throws: FileError(path, "is a file; choose another folder with --out")) {
        try run.create()
      }
      try FileManager.default.removeItem(atPath: path)
      try run.create()
      try AtomicFile.write("mine", to: "\(path)/notes.txt")
      #expect(
        throws: FileError(
          path, "exists and is no run; choose another folder with --out, or empty this one")
      ) { try run.create() }
      try AtomicFile.write("{}", to: run.configuration)
      #expect(
        throws: FileError(
          path,
          "holds a run already; continue it with --resume, or choose another folder with --out")
      ) { try run.create() }
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
      #expect(
        throws: FileError(missing.path, "does not exist; leave out --resume to begin a run there")
      ) { try missing.requireRun() }
      let run = RunFolder(folder)
      #expect(
        throws: FileError(
          folder, "is no run (it has no config.json); name a folder that train made")
      ) { try run.requireRun() }
      try AtomicFile.write("{}", to: run.configuration)
      try run.requireRun()
      #expect(try fileNames(in: run.checkpoints) == ["frames"])
    }
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
