import CLibrary

/// The system took fewer bytes than it was given.
package struct IncompleteWrite: Error, Equatable {
  /// Bytes that were written.
  package var writtenCount: Int
  /// The system's number of the error.
  package var code: Int32

  /// `writtenCount` bytes were written before the error of number `code`.
  package init(writtenCount: Int, code: Int32) {
    self.writtenCount = writtenCount
    self.code = code
  }

  /// The system's words for the error, such as "No space left on device".
  package var reason: String { systemReason(code) }
}

/// Writes all of `bytes` to an open file, however many system calls that takes.
///
/// Every file of the package is written through this one loop. Calls that a signal interrupts are repeated.
/// - Parameters:
///   - descriptor: an open file, pipe or terminal.
///   - offset: where in the file the first byte goes; nil for where the descriptor stands.
/// - Throws: `IncompleteWrite` when the system refuses.
package func writeAll(
  _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int? = nil
) throws(IncompleteWrite) {
  // Bytes a system call; macOS refuses 2^31 and more.
  let most = 1 << 30
  var done = 0
  while done < bytes.count {
    let piece = UnsafeRawBufferPointer(rebasing: bytes[done...].prefix(most))
    let count =
      if let offset {
        pwrite(descriptor, piece.baseAddress, piece.count, off_t(offset + done))
      } else {
        write(descriptor, piece.baseAddress, piece.count)
      }
    if count < 0 && errno == EINTR { continue }
    if count < 0 && errno == EAGAIN {
      // A pipe that another program made non-blocking, and that is full.
      var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      _ = poll(&waited, 1, -1)
      continue
    }
    // A file that takes nothing and gives no reason is full.
    guard count > 0 else {
      throw IncompleteWrite(writtenCount: done, code: count < 0 ? errno : ENOSPC)
    }
    done += count
  }
}
