/// The variables of a training set in order of their values, from which all trees start.
final class SortedFeatures: Sendable {
  let imageCount: Int
  let columnCount: Int
  /// For each variable the images in order of its values, `[variable, place]`.
  let order: [Int32]
  /// The values in that order.
  let values: [Float]
  /// `1 / n` for every number of images.
  let reciprocals: [Double]

  init(_ representation: Representation) {
    imageCount = representation.count
    columnCount = representation.columns.count
    var order: [Int32] = []
    var values: [Float] = []
    for j in 0..<columnCount {
      let column = representation.column(j).map { Float($0) }
      // Equal values in the order of the images, for the same sums everywhere.
      let sorted = column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
      order += sorted.map { Int32($0) }
      values += sorted.map { column[$0] }
    }
    self.order = order
    self.values = values
    reciprocals = (0...imageCount).map { 1 / Double($0) }
  }
}
