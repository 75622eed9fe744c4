import Foundation
import JointVAEFiles
import TestSupport
import Testing

@Suite("Files written whole or not at all")
struct AtomicFileTests {
  struct Interruption: Error {}

  @Test("hold what was written: bytes, text, pieces")
  func contents() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      try AtomicFile.write([1, 2, 3], to: path)
      #expect(try BoundedFile.read(path, limit: 100) == [1, 2, 3])
      try AtomicFile.write("Grüße\n", to: path)
      #expect(try BoundedFile.read(path, limit: 100) == Array("Grüße\n".utf8))
      try AtomicFile.write(to: path) { append in
        for piece in ["one, ", "", "two"] {
          try Array(piece.utf8).withUnsafeBytes { try append($0) }
        }
      }
      #expect(try BoundedFile.read(path, limit: 100) == Array("one, two".utf8))
      #expect(try fileNames(in: folder) == ["file"])
    }
  }

  @Test("leave the old file, and nothing else, when the writer gives up")
  func interruption() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      try AtomicFile.write("old", to: path)
      #expect(throws: Interruption.self) {
        try AtomicFile.write(to: path) { append in
          try Array("new".utf8).withUnsafeBytes { try append($0) }
          throw Interruption()
        }
      }
      #expect(try BoundedFile.read(path, limit: 100) == Array("old".utf8))
      #expect(try fileNames(in: folder) == ["file"])
    }
  }

  @Test("are the old ones until the last piece is there")
  func replacementIsLast() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/file"
      try AtomicFile.write("old", to: path)
      try AtomicFile.write(to: path) { append in
        try Array("new".utf8).withUnsafeBytes { try append($0) }
        #expect(try BoundedFile.read(path, limit: 100) == Array("old".utf8))
      }
      #expect(try BoundedFile.read(path, limit: 100) == Array("new".utf8))
    }
  }

  @Test("can be written by several at once, and are then one of them whole")
  func concurrentWriters() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "jointvae-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/file"
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<16 {
        group.addTask {
          let bytes = [UInt8](repeating: UInt8(writer), count: 10_000 + writer)
          try AtomicFile.write(bytes, to: path)
        }
      }
      try await group.waitForAll()
    }
    let bytes = try BoundedFile.read(path, limit: 20_000)
    let writer = try #require(bytes.first)
    #expect(bytes == [UInt8](repeating: writer, count: 10_000 + Int(writer)))
    #expect(try fileNames(in: folder) == ["file"])
  }

  @Test("cannot stand in a folder that is missing, is a file, or takes no files")
  func unwritableFolder() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write("", to: "\(folder)/file")
      let cases = [
        ("\(folder)/none/model", "cannot be written: No such file or directory"),
        ("\(folder)/file/model", "cannot be written: Not a directory"),
        (
          "\(folder)/\(String(repeating: "n", count: 300))", "cannot be written: File name too long"
        ),
      ]
      for (path, problem) in cases {
        #expect(throws: FileError(path, problem)) { try AtomicFile.write("text", to: path) }
      }
      #expect(try fileNames(in: folder) == ["file"])
    }
  }

  @Test(
    "cannot stand where the user may not write",
    .enabled(if: getuid() != 0, "the superuser may write everywhere"))
  func forbiddenFolder() throws {
    try withTemporaryFolder { folder in
      #expect(chmod(folder, 0o500) == 0)
      #expect(throws: FileError("\(folder)/file", "cannot be written: Permission denied")) {
        try AtomicFile.write("text", to: "\(folder)/file")
      }
      #expect(chmod(folder, 0o700) == 0)
    }
  }

  @Test("and folders get another name, in place of an empty folder, and of nothing else")
  func move() throws {
    try withTemporaryFolder { folder in
      let (old, new) = ("\(folder)/old", "\(folder)/new")
      for path in [old, new] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try AtomicFile.write("kept", to: "\(old)/file")
      try AtomicFile.move(old, to: new)
      #expect(try fileNames(in: folder) == ["new"])
      #expect(try fileNames(in: new) == ["file"])
      #expect(
        throws: FileError(new, "cannot be the new name of \(old): No such file or directory")
      ) { try AtomicFile.move(old, to: new) }
      try FileManager.default.createDirectory(atPath: old, withIntermediateDirectories: true)
      #expect(
        throws: FileError(new, "cannot be the new name of \(old): Directory not empty")
      ) { try AtomicFile.move(old, to: new) }
      #expect(try fileNames(in: folder) == ["new", "old"])
    }
  }

  @Test("replace no folder, device or pipe")
  func notRegular() throws {
    try withTemporaryFolder { folder in
      let pipe = "\(folder)/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [folder, "/dev/null", pipe] {
        #expect(throws: FileError(path, "is a folder or a device; expected the name of a file")) {
          try AtomicFile.write("text", to: path)
        }
      }
      let names = try fileNames(in: folder)
      #expect(names == ["pipe"])
    }
  }

  @Test("keep the permissions of those they replace, and the links to them")
  func permissionsAndLinks() throws {
    try withTemporaryFolder { folder in
      let (path, link) = ("\(folder)/file", "\(folder)/link")
      try AtomicFile.write("old", to: path)
      #expect(chmod(path, 0o600) == 0)
      #expect(symlink("file", link) == 0)
      try AtomicFile.write("new", to: link)
      #expect(try BoundedFile.read(path, limit: 100) == Array("new".utf8))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "file")
      let permissions = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(permissions as? Int == 0o600)
    }
  }
}
