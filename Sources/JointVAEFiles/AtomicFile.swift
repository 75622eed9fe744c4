import CLibrary

/// Whole files written so that a reader, a crash or a full disk never meets half of one.
public enum AtomicFile {
  /// Writes `bytes` beside `path`, flushes them to the disk, and renames the result to `path`.
  ///
  /// Whatever stood at `path` before stays untouched until the rename, and stays for good when an error is thrown.
  /// - Throws: `FileError` naming the file and the system's reason.
  public static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
    try write(to: path) { append in try append(bytes) }
  }

  /// Writes `bytes` beside `path`, flushes them, and renames the result to `path`.
  /// - Throws: `FileError` naming the file and the system's reason.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    try bytes.withUnsafeBytes { try write($0, to: path) }
  }

  /// Writes UTF-8 text beside `path`, flushes it, and renames the result to `path`.
  /// - Throws: `FileError` naming the file and the system's reason.
  public static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  /// Writes a file in pieces: `body` calls its argument once for each.
  ///
  /// A file that is replaced leaves its permissions to the new one, and a link goes on pointing where it did.
  /// A process that is killed in between leaves a file whose name ends in `.partial`. The next one that writes the same
  /// file removes it.
  /// - Throws: `FileError` naming the file and the system's reason, or what `body` throws; nothing is left behind.
  public static func write(
    to path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let (target, permissions) = try target(of: path)
    let file = try TemporaryFile(beside: target, for: path)
    try body { try append($0, to: file.descriptor, path: path) }
    // File systems without permissions refuse this, and need it as little.
    if let permissions { _ = fchmod(file.descriptor, permissions) }
    guard fsync(file.descriptor) == 0 else {
      throw FileError(path, "cannot be flushed to the disk: \(systemReason())")
    }
    do { try file.putInPlace() } catch {
      throw FileError(path, "cannot be put in place: \(error.reason)")
    }
    flushFolder(of: target)
  }

  /// Removes a file, if it is there, and makes that survive a power cut.
  /// - Throws: `FileError` naming the file and the system's reason; it is still there then.
  package static func remove(_ path: String) throws {
    guard unlink(path) == 0 else {
      if errno == ENOENT { return }
      throw FileError(path, "cannot be removed: \(systemReason())")
    }
    flushFolder(of: path)
  }

  /// Gives a file or folder another name, and makes that survive a power cut.
  ///
  /// An empty folder may stand at `target`; it is replaced.
  /// - Throws: `FileError` naming the target and the system's reason; nothing has changed then.
  package static func move(_ path: String, to target: String) throws {
    guard rename(path, target) == 0 else {
      throw FileError(target, "cannot be the new name of \(path): \(systemReason())")
    }
    flushFolder(of: target)
  }

  /// The file that `path` names, at the end of all links, and the permissions of what stands there.
  ///
  /// A rename over a folder fails, but over a device such as /dev/null it succeeds and removes the device.
  private static func target(of path: String) throws -> (path: String, permissions: mode_t?) {
    var status = stat()
    guard stat(path, &status) == 0 else { return (path, nil) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path, "is a folder or a device; expected the name of a file")
    }
    guard let resolved = realpath(path, nil) else {
      throw FileError(path, "cannot be resolved: \(systemReason())")
    }
    defer { free(resolved) }
    return (String(cString: resolved), status.st_mode & 0o777)
  }

  private static func append(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws {
    do {
      try writeAll(bytes, to: descriptor)
    } catch {
      throw FileError(path, "cannot be written: \(error.reason)")
    }
  }

  /// Makes the rename itself survive a power cut. A folder that cannot be opened or flushed loses nothing else.
  private static func flushFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
    let descriptor = open(folder ?? ".", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// The system's words for the last error, such as "No space left on device".
package func systemReason(_ number: Int32 = errno) -> String { String(cString: strerror(number)) }
