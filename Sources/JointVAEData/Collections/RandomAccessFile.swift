import CLibrary
import JointVAEFiles

/// A file read at any place, by any number of threads.
final class RandomAccessFile: Sendable {
  /// The file, for messages.
  let path: String
  /// The file as it was when it was opened.
  let stamp: FileStamp
  private let descriptor: Int32

  /// Opens the regular file at `path`.
  /// - Throws: `FileError` when it is missing, is a folder or a device, or cannot be opened.
  init(_ path: String) throws {
    guard let kind = PathKind(path) else {
      throw FileError(path, "cannot be opened: \(systemReason())")
    }
    guard kind == .file else { throw FileError(path, "is a folder or a device; expected a file") }
    // O_NONBLOCK: what was a file a moment ago may be a pipe by now.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
    guard let stamp = FileStamp(descriptor: descriptor) else {
      let reason = systemReason()
      close(descriptor)
      throw FileError(path, "cannot be examined: \(reason)")
    }
    self.path = path
    self.stamp = stamp
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The `count` bytes that begin at byte `start`, or fewer at the end.
  /// - Throws: `FileError` when the system cannot read them.
  func read(_ count: Int, at start: Int) throws -> [UInt8] {
    try [UInt8](filling: count) { buffer, initialized in
      initialized = try read(
        into: UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]),
        at: start)
    }
  }

  /// Fills `buffer` with the bytes that begin at byte `start`, and returns how many there were.
  /// - Throws: `FileError` when the system cannot read them.
  func read(into buffer: UnsafeMutableRawBufferPointer, at start: Int) throws -> Int {
    var count = 0
    while count < buffer.count {
      // macOS refuses 2^31 bytes a call and more.
      let length = min(buffer.count - count, 1 << 30)
      let got = pread(
        descriptor, buffer.baseAddress.map { $0 + count }, length, off_t(start + count))
      if got < 0 {
        if errno == EINTR { continue }
        throw FileError(path, "cannot be read: \(systemReason())")
      }
      if got == 0 { break }
      count += got
    }
    return count
  }
}
