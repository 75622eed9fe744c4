import Foundation
import JointVAEFiles

/// A CSV file that grows by whole rows and can be cut back to an earlier step.
///
/// Every row reaches the operating system as it is appended, so a killed program loses none; a row that was cut off in the
/// middle is dropped on the next opening.
package final class CSVLog {
  /// The file.
  package let path: String
  private let columnCount: Int
  private let descriptor: Int32

  /// Bytes beyond which a file is no log of ours: a million rows of 64 columns.
  private static let sizeLimit = 1 << 30

  /// Starts the file anew with its header.
  /// - Throws: `FileError` when it cannot be written.
  package convenience init(creating path: String, columns: [String]) throws {
    try self.init(path: path, columns: columns, kept: [])
  }

  /// Opens the file and keeps the rows whose `key` is at most `limit`; begins a new one when there is none.
  ///
  /// - Throws: `FileError` when it has other columns, a `key` that is no number, or cannot be written.
  package convenience init(
    resuming path: String, columns: [String], key: String, through limit: Int
  )
    throws
  {
    var kept: [Substring] = []
    if FileManager.default.fileExists(atPath: path) {
      let table = try CSVTable(contentsOf: path, limit: Self.sizeLimit)
      guard table.columns == columns, let place = columns.firstIndex(of: key) else {
        throw FileError(
          path,
          "has other columns than this run writes (\(columns.joined(separator: ","))); "
            + "move it away to go on without its rows")
      }
      kept = try table.rows.filter { row in
        guard let value = Int(row.fields[place]) else {
          throw FileError(
            path, "line \(row.line) holds \"\(row.fields[place])\" as \(key); expected a number")
        }
        return value <= limit
      }.map(\.text)
    }
    try self.init(path: path, columns: columns, kept: kept)
  }

  private init(path: String, columns: [String], kept: [Substring]) throws {
    self.path = path
    columnCount = columns.count
    let lines = [columns.joined(separator: ",")[...]] + kept
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: path)
    descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, "cannot be opened: \(systemReason())") }
  }

  deinit { close(descriptor) }

  /// Appends a row.
  /// - Throws: `FileError` when the file system takes no more.
  package func append(_ fields: [String]) throws {
    precondition(fields.count == columnCount)
    let row = Array((fields.joined(separator: ",") + "\n").utf8)
    do {
      try row.withUnsafeBytes { try writeAll($0, to: descriptor) }
    } catch let error as IncompleteWrite {
      throw FileError(path, "cannot be written: \(error.reason)")
    }
  }

  /// Makes all rows survive a power cut.
  /// - Throws: `FileError` when the disk refuses.
  package func flush() throws {
    guard fsync(descriptor) == 0 else {
      throw FileError(path, "cannot be flushed to the disk: \(systemReason())")
    }
  }
}
