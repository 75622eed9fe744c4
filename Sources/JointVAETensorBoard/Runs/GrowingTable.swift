import CLibrary
import JointVAEFiles

/// The rows of a CSV file that another writer appends to, each handed out once.
final class GrowingTable {
  /// The names of the columns; empty before there is a whole header.
  private(set) var columns: [String] = []

  private let path: String
  private var position = 0
  /// What follows the last line feed.
  private var rest: [UInt8] = []

  /// The file at `path`, which need not be there yet.
  init(_ path: String) { self.path = path }

  /// The whole rows since the last call, a number a column; nil for what is none.
  /// - Throws: `FileError` when the file cannot be read, or a row has another number of fields than the header.
  func next() throws -> [[Double?]] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return [] }
      throw FileError(path, "cannot be opened: \(systemReason())")
    }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(position))
      guard count >= 0 else { throw FileError(path, "cannot be read: \(systemReason())") }
      if count == 0 { break }
      position += count
      rest += buffer.prefix(count)
    }
    return try takeRows()
  }

  private func takeRows() throws -> [[Double?]] {
    guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let text = String(decoding: rest[..<end], as: UTF8.self)
    rest.removeSubrange(...end)
    return try text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard !columns.isEmpty else {
        columns = fields.map(String.init)
        return nil
      }
      guard fields.count == columns.count else {
        throw FileError(
          path, "has a row of \(fields.count) fields; expected \(columns.count), as in its header")
      }
      return fields.map { Double($0) }
    }
  }
}
