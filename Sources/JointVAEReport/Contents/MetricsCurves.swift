import JointVAEFiles

/// The columns of a run's metrics.csv or epochs.csv, as far as they are whole.
package struct MetricsCurves: Hashable, Sendable {
  /// The columns' names.
  package let columns: [String]
  /// The step of every row, growing.
  package let steps: [Double]
  /// What is wrong with the file, a sentence each.
  package let problems: [String]
  /// The numbers of a row, in the order of the columns; nil for what is none.
  private let rows: [[Double?]]

  /// Bytes beyond which a file is too long to draw: a million rows of an average model.
  private static let sizeLimit = 1 << 27
  /// Numbers beyond which nothing can be drawn.
  private static let valueLimit = 1e15

  /// Reads the rows that have a step and as many fields as the header.
  /// - Throws: `FileError` when the file cannot be read, is no text, or has no column `step` or no whole row.
  package init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path, "is no UTF-8 text; expected a CSV file")
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // All that follows the last line feed is half a row.
    let rest = lines.popLast() ?? ""
    guard let header = lines.first else {
      throw FileError(path, "holds no whole line; expected a header and rows of numbers")
    }
    let columns = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard let place = columns.firstIndex(of: "step") else {
      throw FileError(path, "has no column \"step\"; expected a file that train wrote")
    }
    var steps: [Double] = []
    var rows: [[Double?]] = []
    var damaged: [Int] = []
    for (index, line) in lines.enumerated().dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == columns.count, let step = Self.number(fields[place]),
        step > steps.last ?? -1
      else {
        damaged.append(index + 1)
        continue
      }
      steps.append(step)
      rows.append(fields.map(Self.number))
    }
    guard !rows.isEmpty else {
      throw FileError(path, "has no whole row of numbers; train writes one after its first step")
    }
    var problems: [String] = []
    if !rest.isEmpty {
      problems.append("\(path): the last line is cut off and was left out")
    }
    if let first = damaged.first {
      problems.append(
        "\(path): \(NumberText.count(damaged.count, "line")) cannot be read and "
          + "\(damaged.count == 1 ? "was" : "were") left out, the first being line \(first)")
    }
    self.columns = columns
    self.steps = steps
    self.rows = rows
    self.problems = problems
  }

  /// The points of a column, at most `limit` of them at equal distances, the first and the last among them.
  package func points(_ column: String, limit: Int = 200) -> [Chart.Point] {
    guard let place = columns.firstIndex(of: column) else { return [] }
    let count = min(limit, rows.count)
    return (0..<count).compactMap { index in
      let row = count > 1 ? index * (rows.count - 1) / (count - 1) : rows.count - 1
      return rows[row][place].map { Chart.Point(x: steps[row], y: $0) }
    }
  }

  /// The number of `column` in the last row.
  package func last(_ column: String) -> Double? {
    guard let place = columns.firstIndex(of: column) else { return nil }
    return rows.last?[place]
  }

  /// Each row's distance of two columns, with its step.
  package func differences(_ first: String, _ second: String) -> [(
    step: Double, difference: Double
  )] {
    guard let a = columns.firstIndex(of: first), let b = columns.firstIndex(of: second) else {
      return []
    }
    return zip(steps, rows).compactMap { step, row in
      guard let x = row[a], let y = row[b] else { return nil }
      return (step, x - y)
    }
  }

  private static func number(_ field: Substring) -> Double? {
    Double(field).flatMap { abs($0) <= valueLimit ? $0 : nil }
  }
}
