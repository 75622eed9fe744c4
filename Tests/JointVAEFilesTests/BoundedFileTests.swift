import Foundation
import JointVAEFiles
import TestSupport
import Testing

@Suite("Whole files are read")
struct BoundedFileTests {
  @Test("to the last byte, up to the limit and not beyond")
  func limit() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/five"
      try AtomicFile.write([1, 2, 3, 0, 255], to: path)
      #expect(try BoundedFile.read(path, limit: 5) == [1, 2, 3, 0, 255])
      #expect(throws: FileError(path, "holds 5 bytes; expected at most 4")) {
        try BoundedFile.read(path, limit: 4)
      }
    }
  }

  @Test("when they are empty")
  func empty() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write([], to: "\(folder)/none")
      #expect(try BoundedFile.read("\(folder)/none", limit: 0).isEmpty)
    }
  }

  @Test("unless there is no such file")
  func missing() throws {
    try withTemporaryFolder { folder in
      for path in ["\(folder)/none", "\(folder)/none/file", ""] {
        #expect(throws: FileError(path, "cannot be opened: No such file or directory")) {
          try BoundedFile.read(path, limit: 10)
        }
      }
    }
  }

  @Test(
    "unless they are folders, devices or pipes, which would block", .timeLimit(.minutes(1)))
  func notRegular() throws {
    try withTemporaryFolder { folder in
      let pipe = "\(folder)/pipe"
      #expect(mkfifo(pipe, 0o600) == 0)
      for path in [folder, "/dev/zero", pipe] {
        #expect(throws: FileError(path, "is a folder or a device; expected a file")) {
          try BoundedFile.read(path, limit: 10)
        }
      }
    }
  }

  @Test(
    "unless they are longer than the system says, as files of /proc are",
    .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "there is no /proc"))
  func lengthChanges() {
    let path = "/proc/self/status"
    #expect(throws: FileError(path, "became longer while it was read")) {
      try BoundedFile.read(path, limit: 1_000_000)
    }
  }

  @Test(
    "unless the user may not", .enabled(if: getuid() != 0, "the superuser may read everything"))
  func forbidden() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/secret"
      try AtomicFile.write([1], to: path)
      #expect(chmod(path, 0) == 0)
      #expect(throws: FileError(path, "cannot be opened: Permission denied")) {
        try BoundedFile.read(path, limit: 10)
      }
    }
  }
}
