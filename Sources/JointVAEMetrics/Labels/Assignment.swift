/// The assignment problem: give each row a column of its own so that the sum of the chosen weights
/// is largest.
enum Assignment {
  /// The column of each row; nil for rows that are left over when there are fewer columns.
  ///
  /// The Hungarian algorithm (Kuhn 1955) by shortest augmenting paths, in `rows^2 * columns` steps.
  /// - Precondition: all rows are of one length.
  static func maximizing(_ weights: [[Int]]) -> [Int?] {
    let columnCount = weights.first?.count ?? 0
    precondition(weights.allSatisfy { $0.count == columnCount })
    guard weights.count <= columnCount else {
      let transposed = (0..<columnCount).map { column in weights.map { $0[column] } }
      var columns = [Int?](repeating: nil, count: weights.count)
      for (column, row) in maximizing(transposed).enumerated() {
        if let row { columns[row] = column }
      }
      return columns
    }
    var solver = Solver(weights: weights, columnCount: columnCount)
    for row in weights.indices { solver.add(row) }
    var columns = [Int?](repeating: nil, count: weights.count)
    for (column, row) in solver.rowOfColumn.enumerated() {
      if let row { columns[row] = column }
    }
    return columns
  }

  /// Rows assigned so far, with prices that prove the assignment best: `cost >= rowPrice + columnPrice`
  /// everywhere, with equality where row and column belong together.
  private struct Solver {
    let weights: [[Int]]
    var rowPrices: [Int]
    var columnPrices: [Int]
    var rowOfColumn: [Int?]

    init(weights: [[Int]], columnCount: Int) {
      self.weights = weights
      rowPrices = Array(repeating: 0, count: weights.count)
      columnPrices = Array(repeating: 0, count: columnCount)
      rowOfColumn = Array(repeating: nil, count: columnCount)
    }

    /// Assigns one more row, moving others along the cheapest chain that ends at a free column.
    mutating func add(_ newRow: Int) {
      var distance = [Int](repeating: .max, count: columnPrices.count)
      var previous = [Int?](repeating: nil, count: columnPrices.count)
      var visited = [Bool](repeating: false, count: columnPrices.count)
      var row = newRow
      var reached: Int?
      var length = 0
      while true {
        var nearest: Int?
        for column in columnPrices.indices where !visited[column] {
          let step = -weights[row][column] - rowPrices[row] - columnPrices[column]
          if length + step < distance[column] {
            distance[column] = length + step
            previous[column] = reached
          }
          if nearest.map({ distance[column] < distance[$0] }) ?? true { nearest = column }
        }
        guard let column = nearest else { return }
        length = distance[column]
        visited[column] = true
        reached = column
        guard let occupant = rowOfColumn[column] else { break }
        row = occupant
      }
      updatePrices(newRow, distance, visited, length)
      while let column = reached {
        let before = previous[column]
        rowOfColumn[column] = before.flatMap { rowOfColumn[$0] } ?? newRow
        reached = before
      }
    }

    private mutating func updatePrices(
      _ newRow: Int, _ distance: [Int], _ visited: [Bool], _ length: Int
    ) {
      rowPrices[newRow] += length
      for column in columnPrices.indices where visited[column] {
        columnPrices[column] += distance[column] - length
        if let row = rowOfColumn[column] { rowPrices[row] += length - distance[column] }
      }
    }
  }
}
