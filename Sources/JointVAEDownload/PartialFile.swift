import CLibrary
import JointVAEFiles

/// The part of a file that is there already, beside the place of the whole one: `name.partial`.
///
/// It stays when the process ends in any way, so that the next one can go on. A lock keeps a second
/// process from writing to it at the same time; the system gives the lock back when its owner ends.
final class PartialFile {
  /// The bytes that are there.
  private(set) var count: Int
  private let target: String
  private let path: String
  private let descriptor: Int32

  /// Opens or creates the part of the file at `target`.
  ///
  /// - Throws: `FileError` when another process is at it, or the folder cannot be written to.
  init(of target: String) throws {
    self.target = target
    path = target + ".partial"
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
      guard descriptor >= 0 else {
        throw FileError(target, "cannot be written: \(path): \(systemReason())")
      }
      do {
        if let size = try Self.lock(descriptor, path, for: target) {
          (self.descriptor, count) = (descriptor, size)
          return
        }
      } catch {
        unlockAndClose(descriptor)
        throw error
      }
      unlockAndClose(descriptor)
    }
  }

  deinit { unlockAndClose(descriptor) }

  /// Takes the lock.
  ///
  /// - Returns: the file's length; nil when it was moved to its place, or removed, in between.
  private static func lock(
    _ descriptor: Int32, _ path: String, for target: String
  ) throws -> Int? {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw FileError(
        target,
        errno == EWOULDBLOCK
          ? "is being fetched by another process; wait until that has ended, and run it again"
          : "cannot be locked: \(systemReason())")
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError(target, "cannot be examined: \(systemReason())")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path, "is a folder or a device; remove it")
    }
    var named = stat()
    guard lstat(path, &named) == 0, named.st_ino == status.st_ino, named.st_dev == status.st_dev
    else { return nil }
    return Int(status.st_size)
  }

  /// Writes `bytes` behind those that are there.
  ///
  /// - Throws: `FileError` with the system's reason, such as a full disk; what is there stays.
  func append(_ bytes: UnsafeRawBufferPointer) throws {
    do {
      try writeAll(bytes, to: descriptor, at: count)
      count += bytes.count
    } catch {
      count += error.writtenCount
      throw FileError(
        target,
        "cannot be written: \(error.reason); \(count) bytes are kept. Make room and run it again"
      )
    }
  }

  /// Leaves nothing.
  func empty() throws {
    guard ftruncate(descriptor, 0) == 0 else {
      throw FileError(target, "cannot be written: \(systemReason())")
    }
    count = 0
    unlink(sourcePath)
  }

  /// The digest, of the kind of `checksum`, of the bytes that are there.
  func digest(like checksum: Checksum) throws -> String {
    var place = 0
    return try checksum.digest { buffer in
      while true {
        let got = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { throw FileError(target, "cannot be read: \(systemReason())") }
        place += got
        return got
      }
    }
  }

  /// Flushes the bytes to the disk and moves them to the place of the whole file.
  func finish() throws {
    guard fsync(descriptor) == 0 else {
      throw FileError(target, "cannot be flushed to the disk: \(systemReason())")
    }
    guard rename(path, target) == 0 else {
      throw FileError(target, "cannot be put in place: \(systemReason())")
    }
    unlink(sourcePath)
    flushFolder()
  }

  /// Removes what a process left that was killed after the file at `target` was whole.
  ///
  /// - Throws: `FileError` when another process is at it.
  static func removeLeftovers(of target: String) throws {
    let paths = [target + ".partial", target + ".partial.source"]
    if paths.contains(where: { access($0, F_OK) == 0 }) { try PartialFile(of: target).discard() }
  }

  /// Removes what is there.
  func discard() {
    unlink(path)
    unlink(sourcePath)
  }

  /// Makes the rename survive a power cut. A folder that cannot be flushed loses nothing else.
  private func flushFolder() {
    let folder = target.lastIndex(of: "/").map {
      $0 == target.startIndex ? "/" : String(target[..<$0])
    }
    let descriptor = open(folder ?? ".", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Where the bytes come from: the mirror's address, then its name for this version of the file.
  private var sourcePath: String { path + ".source" }

  /// The version of the file that the bytes are of, when they come from `mirror` and it named one.
  func version(from mirror: String) -> String? {
    guard count > 0, let text = try? BoundedFile.read(sourcePath, limit: 1 << 14) else {
      return nil
    }
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    return lines.count == 2 && lines[0] == mirror ? String(lines[1]) : nil
  }

  /// Notes that the bytes are of `version` of the file at `mirror`; nil when it names none.
  func note(_ version: String?, from mirror: String) throws {
    guard let version else {
      unlink(sourcePath)
      return
    }
    try AtomicFile.write("\(mirror)\n\(version)\n", to: sourcePath)
  }
}
