import CLibrary
import JointVAEFiles
import JointVAEKernels

/// What distinguishes files from others, and from what they were before they changed.
struct SourceIdentity: Hashable, Codable, Sendable {
  /// The files' absolute paths, links followed.
  var paths: [String]
  /// Bytes of all files together.
  var byteCount: Int
  /// A checksum of every file's name, length, number on its disk and time of change.
  var checksum: UInt64

  /// The identity of the files or the folder at `paths`, and of the `files` in the folder.
  ///
  /// - Throws: `FileError` when one is not there.
  init(_ paths: [String], files: [String] = []) throws {
    self.paths = try paths.map(Self.resolved)
    (byteCount, checksum) = (0, 0)
    for path in paths + files { try include(path) }
  }

  private mutating func include(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FileError(path, "cannot be examined: \(systemReason())")
    }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    // A folder's own time shows names that came and went.
    if status.st_mode & S_IFMT == S_IFREG { byteCount &+= Int(status.st_size) }
    for byte in path.utf8 { checksum = mix(checksum ^ UInt64(byte)) }
    for number in [Int(status.st_size), Int(status.st_ino), time.tv_sec, time.tv_nsec] {
      checksum = mix(checksum ^ UInt64(truncatingIfNeeded: number))
    }
  }

  /// One step of SplitMix64 (Steele, Lea and Flood 2014).
  private func mix(_ state: UInt64) -> UInt64 {
    var random = RandomSequence(state: state)
    return random.next()
  }

  private static func resolved(_ path: String) throws -> String {
    guard let resolved = realpath(path, nil) else {
      throw FileError(path, "cannot be examined: \(systemReason())")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
