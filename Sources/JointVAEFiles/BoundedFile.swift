import CLibrary

/// Whole files read with a limit on their size.
public enum BoundedFile {
  /// The bytes of the regular file at `path`.
  /// - Throws: `FileError` when the file is missing, is not a regular file, holds more than `limit` bytes, changes
  ///   its length while it is read, or cannot be read.
  public static func read(_ path: String, limit: Int) throws -> [UInt8] {
    // Opening a pipe would otherwise wait for someone to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw FileError(path, "cannot be examined: \(systemReason())")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path, "is a folder or a device; expected a file")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw FileError(path, "holds \(size) bytes; expected at most \(limit)")
    }
    let bytes = try [UInt8](filling: size) { buffer, count in
      while count < size {
        let rest = UnsafeMutableRawBufferPointer(buffer)[count...].prefix(chunk)
        let got = try read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: rest), path)
        guard got > 0 else {
          throw FileError(path, "became shorter while it was read (\(count) of \(size) bytes)")
        }
        count += got
      }
    }
    let more = try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) {
      try read(descriptor, into: $0, path)
    }
    guard more == 0 else { throw FileError(path, "became longer while it was read") }
    return bytes
  }

  /// Bytes a system call; macOS refuses 2^31 and more.
  private static let chunk = 1 << 30

  /// Fills a part of `buffer`, at least one byte unless the file is at its end, and returns how much.
  private static func read(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, _ path: String
  ) throws -> Int {
    while true {
      let count = systemRead(descriptor, buffer)
      if count >= 0 { return count }
      guard errno == EINTR else { throw FileError(path, "cannot be read: \(systemReason())") }
    }
  }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, bytes.baseAddress, bytes.count)
}
