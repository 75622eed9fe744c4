import CLibrary
import JointVAEFiles

/// The bytes of a file as they lie on the disk, front to back.
package final class FileBytes: ByteSource {
  package let path: String
  /// The file's length when it was opened.
  package let largestByteCount: Int
  private let descriptor: Int32

  /// Opens the regular file at `path`.
  ///
  /// - Throws: `FileError` when it is missing, is a folder or a device, or cannot be opened.
  package init(_ path: String) throws {
    // Without O_NONBLOCK, a pipe without a writer would block the call for good; for files it
    // changes nothing.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
    var status = stat()
    let isExamined = fstat(descriptor, &status) == 0
    guard isExamined, status.st_mode & S_IFMT == S_IFREG else {
      let reason = isExamined ? "is a folder or a device; expected a file" : systemReason()
      close(descriptor)
      throw FileError(path, reason)
    }
    self.path = path
    self.largestByteCount = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    while true {
      let count = systemRead(descriptor, buffer)
      if count >= 0 { return count }
      guard errno == EINTR else { throw FileError(path, "cannot be read: \(systemReason())") }
    }
  }

  /// The file's first `count` bytes, or fewer; does not move the place that is read next.
  package func start(_ count: Int) throws -> [UInt8] {
    try [UInt8](filling: count) { buffer, initialized in
      let got = pread(descriptor, buffer.baseAddress, count, 0)
      guard got >= 0 else { throw FileError(path, "cannot be read: \(systemReason())") }
      initialized = got
    }
  }
}

private func systemRead(_ descriptor: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, bytes.baseAddress, bytes.count)
}
