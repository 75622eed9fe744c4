import Foundation
import JointVAEFiles
import TestSupport
import Testing

@Suite("A disk that takes no more bytes")
struct FullDiskTests {
  /// Writes more to `path` than there is room for, and says what is wrong afterwards; nil when all is well.
  static func overfill(_ path: String, reason: String) throws -> String? {
    try AtomicFile.write("old", to: path)
    do {
      try AtomicFile.write([UInt8](repeating: 7, count: 200_000), to: path)
      return "nothing was thrown"
    } catch let error as FileError {
      guard error == FileError(path, "cannot be written: \(reason)") else { return "\(error)" }
    }
    guard try BoundedFile.read(path, limit: 100) == Array("old".utf8) else {
      return "the old file is gone"
    }
    let names = try fileNames(in: (path as NSString).deletingLastPathComponent)
    return names == ["file"] ? nil : "\(names)"
  }

  static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  @Test(
    "leaves the old file and no part of the new one",
    .enabled(if: getuid() == 0, "only the superuser can mount a small disk"))
  func smallDisk() throws {
    try withTemporaryFolder { folder in
      guard Self.run("/bin/mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]) else {
        // Containers forbid it; the next test asks the same of a limit on the file's length.
        print("FullDiskTests: skipped, because no small disk can be mounted here")
        return
      }
      defer { _ = Self.run("/bin/umount", [folder]) }
      let problem = try Self.overfill("\(folder)/file", reason: "No space left on device")
      #expect(problem == nil)
    }
  }

  #if compiler(>=6.2)
    @Test("or a limit on a file's length does so, too")
    func limitedLength() async {
      // In a process of its own: the limit is the whole process's.
      await #expect(processExitsWith: .success) {
        try withTemporaryFolder { folder in
          var limit = rlimit(rlim_cur: 65_536, rlim_max: 65_536)
          signal(SIGXFSZ, SIG_IGN)
          #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
          #else
            let resource = RLIMIT_FSIZE
          #endif
          try #require(setrlimit(resource, &limit) == 0)
          let problem = try Self.overfill("\(folder)/file", reason: "File too large")
          #expect(problem == nil)
        }
      }
    }
  #endif
}
