import Foundation
import JointVAEFiles

/// Where results go. What cannot be written is an error: a full disk must not look like success.
///
/// A reader that has left, as `head` does, is none. Usually SIGPIPE ends the program then, as it does others.
enum StandardOutput {
  /// Prints lines for people, or JSON, which what is escaped here leaves the same.
  ///
  /// - Parameters:
  ///   - text: the lines; names in them may come from files.
  ///   - terminator: what follows them.
  /// - Throws: `FileError` when not all of it could be written.
  static func print(_ text: String, terminator: String = "\n") throws {
    try write(text.printableLines + terminator)
  }

  /// Prints what the program itself is the author of, as it is.
  /// - Throws: `FileError` when not all of it could be written.
  static func write(_ text: String) throws {
    do {
      try Array(text.utf8).withUnsafeBytes { try writeAll($0, to: STDOUT_FILENO) }
    } catch let error as IncompleteWrite {
      guard error.code != EPIPE else { return }
      throw FileError(name, "cannot be written: \(error.reason)")
    }
  }

  /// Ends it: some file systems report only here that the disk is full.
  /// - Throws: `FileError` when what was written is lost.
  static func close() throws {
    guard Foundation.close(STDOUT_FILENO) == 0 || errno == EBADF else {
      throw FileError(name, "cannot be written: \(systemReason())")
    }
  }

  private static let name = "standard output"
}
