import CLibrary
import JointVAEFiles

/// A file's bytes: a copy of them in memory, or, of a file that takes more than a quarter of this machine's memory, bytes
/// that the system reads from the disk when they are used.
///
/// Both stay what they were when the file is renamed, replaced or removed meanwhile. Only the copy also does when another
/// program cuts the file off: of a mapped file, the system ends a process that then touches the end (SIGBUS). The copy
/// costs little, as every byte is read anyway to verify its checksum.
final class MappedFile: Sendable {
  /// The file, for messages.
  let path: String
  /// Every byte of it. Unsafe, as the compiler cannot see that no code writes there.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Reads or maps the regular file at `path`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - copyLimit: bytes up to which it is copied.
  /// - Throws: `FileError` when it is missing, is not a regular file, is empty or cannot be read or mapped.
  init(_ path: String, copyLimit: Int = DataLimits.memorySize / 4) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path, "is a folder or a device; expected a file")
    }
    let length = Int(status.st_size)
    guard length > 0 else { throw FileError(path, "is empty") }
    let isCopy = length <= copyLimit
    let start =
      isCopy
      ? mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      : mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw FileError(path, "cannot be mapped: \(systemReason())")
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: start, count: length)
    if isCopy {
      try Self.fill(UnsafeMutableRawBufferPointer(start: start, count: length), descriptor, path)
    }
  }

  /// Reads the file from its start, which has as many bytes as `buffer`.
  private static func fill(
    _ buffer: UnsafeMutableRawBufferPointer, _ descriptor: Int32, _ path: String
  ) throws {
    var count = 0
    while count < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(count))
      if got > 0 {
        count += got
      } else if got == 0 {
        throw FileError(path, "was cut off while it was read")
      } else if errno != EINTR {
        throw FileError(path, "cannot be read: \(systemReason())")
      }
    }
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
