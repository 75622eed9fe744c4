#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whole files read with a limit on their size.
public enum BoundedFile {
  /// The bytes of the regular file at `path`.
  /// - Throws: `FileError` when the file is missing, is no regular file, holds more than `limit` bytes, changes
  ///   its length while it is read, or cannot be read.
  public static func read(_ path: String, limit: Int) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
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
    let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let got = systemRead(
          descriptor,
          UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]))
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { throw FileError(path, "cannot be read: \(systemReason())") }
        guard got > 0 else {
          throw FileError(path, "became shorter while it was read (\(count) of \(size) bytes)")
        }
        count += got
      }
    }
    return bytes
  }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, bytes.baseAddress, bytes.count)
}
