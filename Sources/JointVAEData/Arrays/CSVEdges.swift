/// The values of the first and the last column of a table, one of which holds labels and the other pixels.
///
/// A pixel is like the pixel beside it: most often equal, as those of a background are, or at least near. A label is
/// a whole number, one of few, and has nothing to do with the pixel beside it.
struct CSVEdges {
  enum Side { case first, last }

  /// What the values of one of the two columns are like.
  private struct Column {
    var count = 0
    var equalCount = 0
    var values: Set<Int> = []
    var isWhole = true
    /// Sums of distances to the neighbor in the same row, and in the row before.
    var near = 0.0
    var far = 0.0
    private var lastNeighbor: Double?

    mutating func add(_ field: String, _ neighbor: String) {
      count += 1
      guard let value = Self.number(field), let other = Self.number(neighbor) else {
        isWhole = false
        return
      }
      if value == other { equalCount += 1 }
      near += abs(value - other)
      if let lastNeighbor { far += abs(value - lastNeighbor) }
      lastNeighbor = other
      if let whole = Int(exactly: value), whole >= 0, values.count <= 4096 {
        values.insert(whole)
      } else {
        isWhole = false
      }
    }

    private static func number(_ field: String) -> Double? {
      let bytes = Array(field.utf8)
      return CSVNumber.whole(bytes).map(Double.init)
        ?? (CSVNumber.isNumber(bytes) ? Double(field.filter { $0 != " " }) : nil)
    }

    /// Whether the values may be those of labels: several, few for the rows there are.
    var mayBeLabels: Bool {
      isWhole && values.count > 1 && values.count <= max(2, count / 2 + 1)
    }

    var mayBeOneLabel: Bool { isWhole && values.count == 1 }

    /// Whether the values are those of a pixel beside another.
    var isLikeNeighbor: Bool {
      10 * equalCount >= 9 * count
        || (far > 0 && count >= 8 && near < 0.5 * far)
    }

    /// The share of the numbers up to the largest that occur: labels leave no gaps.
    var density: Double {
      Double(values.count) / Double((values.max() ?? 0) - (values.min() ?? 0) + 1)
    }
  }

  private var first = Column()
  private var last = Column()

  /// Adds a row: the first and the last field, each with that beside it.
  mutating func add(first one: (String, String), last other: (String, String)) {
    first.add(one.0, one.1)
    last.add(other.0, other.1)
  }

  /// The column of the labels; nil when the values leave a doubt.
  var decision: Side? {
    let firstIs = first.mayBeLabels && !first.isLikeNeighbor
    let lastIs = last.mayBeLabels && !last.isLikeNeighbor
    if firstIs != lastIs { return firstIs ? .first : .last }
    guard firstIs, lastIs else {
      // All rows may be of one class.
      let (one, other) = (first.isLikeNeighbor, last.isLikeNeighbor)
      guard one != other else { return nil }
      return one ? (last.mayBeOneLabel ? .last : nil) : first.mayBeOneLabel ? .first : nil
    }
    // Both differ from their neighbors, as in photographs: labels have fewer values, and no gaps.
    if first.density > 0.9, first.values.count * 2 < last.values.count { return .first }
    if last.density > 0.9, last.values.count * 2 < first.values.count { return .last }
    return nil
  }
}
