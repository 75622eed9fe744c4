import CLibrary

/// A file that is being made, under a name that no reader opens, until it is put in its place.
///
/// Its process holds a lock on it, which the system takes back however the process ends. So what a killed process leaves
/// behind can be told from what another one is writing, and goes when the same file is written again.
package final class TemporaryFile: Sendable {
  /// What the names of such files end in.
  package static let suffix = ".partial"

  /// Open to be written, read and mapped.
  package let descriptor: Int32
  private let path: String
  private let target: String

  /// Creates an empty file in the folder of `target`, under a name that no other writer has.
  ///
  /// - Parameters:
  ///   - target: where the file will stand; no link.
  ///   - path: what errors call it.
  /// - Throws: `FileError` naming `path` and the system's reason.
  package init(beside target: String, for path: String) throws {
    var number = 0
    // Another process may take away a name between two calls, but not for long.
    for _ in 0..<Self.mostAttempts {
      let temporary = "\(target).\(number)\(Self.suffix)"
      let descriptor = open(temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if descriptor >= 0 {
        // File systems without locks refuse this, and go on without.
        let isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK
        if isLocked, Self.isNamed(descriptor, temporary) {
          (self.descriptor, self.path, self.target) = (descriptor, temporary, target)
          return
        }
        unlockAndClose(descriptor)
        continue
      }
      guard errno == EEXIST else {
        throw FileError(path, "cannot be written: \(systemReason())")
      }
      if !Self.removeIfAbandoned(temporary) { number += 1 }
    }
    throw FileError(path, "cannot be written: remove the files beside it that end in .partial")
  }

  deinit {
    // First the name: what is not locked any more may be removed by others, who then make a new one.
    if Self.isNamed(descriptor, path) { unlink(path) }
    unlockAndClose(descriptor)
  }

  private static let mostAttempts = 1000

  /// Gives the file its name, in place of what stood there.
  /// - Throws: the system's reason.
  package func putInPlace() throws(SystemFailure) {
    guard rename(path, target) == 0 else { throw SystemFailure() }
  }

  /// Removes the files in `folder` that killed processes left half written.
  ///
  /// A file that a process is writing stays. What cannot be removed does no harm.
  /// - Returns: the files that were removed, and their bytes.
  @discardableResult package static func removeAbandoned(
    in folder: String
  ) -> (fileCount: Int, byteCount: Int) {
    var removed = (fileCount: 0, byteCount: 0)
    for path in unfinishedFiles(in: folder) {
      var status = stat()
      guard lstat(path, &status) == 0, removeIfAbandoned(path) else { continue }
      removed.fileCount += 1
      removed.byteCount += Int(status.st_size)
    }
    return removed
  }

  /// The files in `folder` that are half written, whether or not a process is at it.
  package static func unfinishedFiles(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var paths: [String] = []
    while let entry = readdir(stream) {
      // The system may hand out less memory than a whole `dirent`: its name is only read up to the 0.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
      let bytes = UnsafeRawPointer(entry).advanced(by: offset)
      let name = String(cString: bytes.assumingMemoryBound(to: CChar.self))
      if isOwn(name) { paths.append("\(folder)/\(name)") }
    }
    return paths.sorted()
  }

  /// Whether a name is `TARGET.NUMBER.partial`; the number of earlier versions was `PROCESS-NUMBER`.
  private static func isOwn(_ name: String) -> Bool {
    guard name.hasSuffix(suffix) else { return false }
    let parts = name.dropLast(suffix.count).split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, let number = parts.last, !number.isEmpty else { return false }
    return number.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
  }

  /// Removes the file at `path` unless a living process has it open; false when it stays.
  private static func removeIfAbandoned(_ path: String) -> Bool {
    let descriptor = open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    // Gone in between is as good as removed.
    guard descriptor >= 0 else { return errno == ENOENT }
    defer { unlockAndClose(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return false }
    guard isNamed(descriptor, path) else { return true }
    return unlink(path) == 0
  }

  /// Whether the open regular file is still the one at `path`.
  private static func isNamed(_ descriptor: Int32, _ path: String) -> Bool {
    var (open, named) = (stat(), stat())
    return fstat(descriptor, &open) == 0 && lstat(path, &named) == 0
      && open.st_mode & S_IFMT == S_IFREG && open.st_ino == named.st_ino
      && open.st_dev == named.st_dev
  }
}

/// Frees the lock of an open file and closes it.
///
/// Closing alone is not enough: a child process that another thread is about to start holds copies of all descriptors until
/// it runs its program, and a lock lasts as long as any copy.
package func unlockAndClose(_ descriptor: Int32) {
  _ = flock(descriptor, LOCK_UN)
  close(descriptor)
}

/// The system's number of an error, kept before another call changes it.
package struct SystemFailure: Error {
  /// The number.
  package let code: Int32

  /// The last call's error.
  package init() { code = errno }

  /// The system's words for it, such as "No space left on device".
  package var reason: String { systemReason(code) }
}
