import JointVAEFiles

/// The rows of metrics.csv over the last tenth of the steps up to some step.
struct MetricsWindow {
  private let path: String
  private let names: [String]
  /// What the columns are.
  let columns: MetricsColumns
  private let rows: [CSVTable.Row]

  /// Bytes beyond which a file is no log of ours.
  private static let sizeLimit = 1 << 30

  /// Reads the rows of the last tenth of `step` steps, or the last one before them when rows are further apart.
  /// - Throws: `FileError` when the file cannot be read or has no row of these steps.
  init(contentsOf path: String, upTo step: Int) throws {
    let table = try CSVTable(contentsOf: path, limit: Self.sizeLimit)
    guard let place = table.columns.firstIndex(of: "step") else {
      throw FileError(path, "has no column step; expected the log of a run")
    }
    let numbered = try table.rows.map { row in
      guard let number = Int(row.fields[place]) else {
        throw FileError(
          path,
          "line \(row.line) holds \(String(row.fields[place]).quoted) as step; expected a number")
      }
      return (number: number, row: row)
    }.filter { $0.number <= step }
    let late = numbered.filter { $0.number > step - step / 10 }
    self.path = path
    names = table.columns
    columns = MetricsColumns(header: table.columns)
    rows = (late.isEmpty ? numbered.suffix(1) : late).map(\.row)
    guard !rows.isEmpty else { throw FileError(path, "has no row of the steps up to \(step)") }
  }

  /// The mean of a column; nil when there is none.
  /// - Throws: `FileError` naming the line that holds something other than a finite number.
  func mean(_ column: String) throws -> Double? {
    guard let place = names.firstIndex(of: column) else { return nil }
    let sum = try rows.reduce(0.0) { sum, row in
      guard let value = Double(row.fields[place]), value.isFinite else {
        throw FileError(
          path,
          "line \(row.line) holds \(String(row.fields[place]).quoted) as \(column); expected a number"
        )
      }
      return sum + value
    }
    return sum / Double(rows.count)
  }

  /// The mean of a column that every log has.
  /// - Throws: `FileError` when this one does not, or a line holds something other than a finite number.
  func requiredMean(_ column: String) throws -> Double {
    guard let mean = try mean(column) else {
      throw FileError(path, "has no column \(column); expected the log of a run")
    }
    return mean
  }
}
