/// Words in columns, as wide as their longest. A word that comes from a file stays on its line.
package struct TextTable {
  private let rows: [[String]]

  package init(_ rows: [[String]]) {
    self.rows = rows.map { row in
      row.enumerated().map { column, word in
        // The last one makes no other line longer.
        word.printable(limit: column == row.count - 1 ? 4000 : 200)
      }
    }
  }

  /// A line a row, two spaces between columns, none at the ends of lines.
  package var text: String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      row.enumerated().map { column, word in
        column == row.count - 1
          ? word : word + String(repeating: " ", count: widths[column] - word.count)
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
