import JointVAEFiles

/// The complete rows of a CSV file without quoted fields, as ``CSVLog`` writes it.
package struct CSVTable {
  /// A row, and where it stands.
  package struct Row {
    /// Counted from 1.
    package var line: Int
    /// The row as it stands in the file.
    package var text: Substring
    /// Its fields, as many as there are columns.
    package var fields: [Substring]
  }

  /// The header's names.
  package var columns: [String]
  /// All rows that end in a line feed.
  package var rows: [Row]

  /// Reads the file; a last row without its line feed, which a killed program leaves, is ignored.
  /// - Throws: `FileError` when the file cannot be read, is empty, or a row has another number of fields.
  package init(contentsOf path: String, limit: Int) throws {
    let bytes = try BoundedFile.read(path, limit: limit)
    // All that follows the last line feed is half a row.
    let whole = bytes.prefix((bytes.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1).dropLast()
    guard let text = String(validating: whole, as: UTF8.self) else {
      throw FileError(path, "is no UTF-8 text; expected a CSV file")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let header = lines.first, !header.isEmpty else {
      throw FileError(path, "is empty; expected a header line")
    }
    columns = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    rows = []
    rows.reserveCapacity(lines.count)
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == columns.count else {
        throw FileError(
          path, "line \(index + 1) has \(fields.count) fields; expected \(columns.count)")
      }
      rows.append(Row(line: index + 1, text: line, fields: fields))
    }
  }
}
