import Foundation
import JointVAEFiles
import TestSupport
import Testing

@Suite("Files that are being made")
struct TemporaryFileTests {
  /// What a killed process leaves: a file that no process has open.
  private func leave(_ name: String, in folder: String) throws {
    try Data([1, 2, 3]).write(to: URL(filePath: "\(folder)/\(name)"))
  }

  @Test("take the place of what a killed process left of the same file")
  func sameFile() throws {
    try withTemporaryFolder { folder in
      try leave("model.0.partial", in: folder)
      try AtomicFile.write("new", to: "\(folder)/model")
      #expect(try fileNames(in: folder) == ["model"])
      #expect(try BoundedFile.read("\(folder)/model", limit: 10) == Array("new".utf8))
    }
  }

  @Test("stay as long as a process writes them, and only as long")
  func held() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model"
      try leave("model.7.partial", in: folder)
      do {
        let file = try TemporaryFile(beside: path, for: path)
        try AtomicFile.write("other", to: path)
        #expect(try fileNames(in: folder) == ["model", "model.0.partial", "model.7.partial"])
        #expect(TemporaryFile.removeAbandoned(in: folder) == (1, 3))
        #expect(try fileNames(in: folder) == ["model", "model.0.partial"])
        try writeAll(UnsafeRawBufferPointer(start: nil, count: 0), to: file.descriptor)
        try file.putInPlace()
      }
      #expect(try fileNames(in: folder) == ["model"])
      #expect(try BoundedFile.read(path, limit: 10) == [])
    }
  }

  @Test("are removed in a folder; other files, links and folders stay")
  func folder() throws {
    try withTemporaryFolder { folder in
      let others = [
        "a.partial", "b.x.partial", "c.0.partial.txt", "d.0", "e..partial", ".0.partial.source",
      ]
      for name in others + ["a.0.partial", "b.csv.81-12.partial", ".3.partial"] {
        try leave(name, in: folder)
      }
      let (link, inner) = ("\(folder)/link.0.partial", "\(folder)/folder.0.partial")
      #expect(symlink("d.0", link) == 0)
      try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
      #expect(TemporaryFile.removeAbandoned(in: folder) == (3, 9))
      #expect(
        try fileNames(in: folder) == (others + ["link.0.partial", "folder.0.partial"]).sorted())
      #expect(TemporaryFile.removeAbandoned(in: "\(folder)/none") == (0, 0))
    }
  }

  @Test("are gone when they are given up")
  func givenUp() throws {
    try withTemporaryFolder { folder in
      _ = try TemporaryFile(beside: "\(folder)/model", for: "model")
      #expect(try fileNames(in: folder) == [])
    }
  }

  @Test("Removing a file that is not there is no error; a folder is one")
  func remove() throws {
    try withTemporaryFolder { folder in
      try leave("file", in: folder)
      try AtomicFile.remove("\(folder)/file")
      try AtomicFile.remove("\(folder)/file")
      #expect(try fileNames(in: folder) == [])
      #expect(throws: FileError.self) { try AtomicFile.remove(folder) }
    }
  }

  @Test("A lock ends with its file, although a copy of the descriptor is open still")
  func lockWithCopy() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      let first = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
      #expect(flock(first, LOCK_EX | LOCK_NB) == 0)
      // As a child has between its start and the start of its program.
      let copy = dup(first)
      defer { close(copy) }
      let second = open(path, O_RDWR | O_CLOEXEC)
      defer { close(second) }
      #expect(flock(second, LOCK_EX | LOCK_NB) != 0)
      unlockAndClose(first)
      #expect(flock(second, LOCK_EX | LOCK_NB) == 0)
    }
  }
}
