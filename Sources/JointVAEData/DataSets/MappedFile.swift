import CLibrary
import JointVAEFiles

/// A file's bytes, which the system reads from the disk when they are used.
///
/// The bytes stay what they were when the file is renamed, replaced or removed meanwhile.
final class MappedFile: Sendable {
  /// The file, for messages.
  let path: String
  /// Every byte of it. Unsafe, as the compiler cannot see that no code writes there.
  nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

  /// Maps the regular file at `path`.
  ///
  /// - Throws: `FileError` when it is missing, is not a regular file, is empty or cannot be mapped.
  init(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path, "is a folder or a device; expected a file")
    }
    let length = Int(status.st_size)
    guard length > 0 else { throw FileError(path, "is empty") }
    let start = mmap(nil, length, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw FileError(path, "cannot be mapped: \(systemReason())")
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: start, count: length)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count) }
}
