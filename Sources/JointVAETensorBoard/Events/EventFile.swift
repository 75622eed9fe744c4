import CLibrary
import JointVAEFiles

/// An event file that grows by whole records.
///
/// Every record reaches the operating system as it is appended, so a killed program loses none. One that was cut off in the
/// middle goes when the folder is opened again.
final class EventFile {
  private let path: String
  private let descriptor: Int32

  /// Begins the file at `path` with `events`.
  /// - Throws: `FileError` when it cannot be written.
  init(creating path: String, _ events: [Event]) throws {
    self.path = path
    try AtomicFile.write(events.flatMap { RecordFile.framed($0.bytes) }, to: path)
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
  }

  deinit { close(descriptor) }

  /// Appends an event.
  /// - Throws: `FileError` when the file system takes no more.
  func append(_ event: Event) throws {
    do {
      try RecordFile.framed(event.bytes).withUnsafeBytes { try writeAll($0, to: descriptor) }
    } catch let error as IncompleteWrite {
      throw FileError(path, "cannot be written: \(error.reason)")
    }
  }

  /// Makes all events survive a power cut.
  /// - Throws: `FileError` when the disk refuses.
  func flush() throws {
    guard fsync(descriptor) == 0 else {
      throw FileError(path, "cannot be flushed to the disk: \(systemReason())")
    }
  }

  /// Cuts the file at `path` off behind its first `length` bytes, where it stands: programs that read it keep it open.
  /// - Throws: `FileError` naming the system's reason.
  static func cut(_ path: String, to length: Int) throws {
    guard truncate(path, off_t(length)) == 0 else {
      throw FileError(path, "cannot be cut off: \(systemReason())")
    }
  }
}
