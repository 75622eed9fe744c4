#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
  /// - Throws: `FileError` naming the file and the system's reason, or what `body` throws; nothing is left behind.
  public static func write(
    to path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    // The process's number keeps two programs that write the same file apart.
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileError(path, "cannot be written: \(systemReason())") }
    var isOpen = true
    do {
      try body { try append($0, to: descriptor, path: path) }
      guard fsync(descriptor) == 0 else {
        throw FileError(path, "cannot be flushed to the disk: \(systemReason())")
      }
      isOpen = false
      guard close(descriptor) == 0 else {
        throw FileError(path, "cannot be closed: \(systemReason())")
      }
      guard rename(temporary, path) == 0 else {
        throw FileError(path, "cannot be put in place: \(systemReason())")
      }
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      throw error
    }
    flushFolder(of: path)
  }

  private static func append(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path, "cannot be written: \(systemReason())")
      }
      rest = rest.dropFirst(count)
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

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
}

/// The system's words for the last error, such as "No space left on device".
package func systemReason(_ number: Int32 = errno) -> String { String(cString: strerror(number)) }
