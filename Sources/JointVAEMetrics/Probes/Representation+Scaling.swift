extension Representation {
  /// The numbers of both with mean 0 and deviation 1 in the first images of `training`; categories one-hot.
  ///
  /// - Parameters:
  ///   - training: what the scale is taken from.
  ///   - test: other images in the same columns.
  ///   - limit: images of each that are taken.
  static func scaled(
    _ training: Representation, _ test: Representation, limit: Int
  ) -> (training: [Double], test: [Double]) {
    let (first, second) = (training.oneHot, test.oneHot)
    let width = first.columns.count
    let rows = min(first.count, limit)
    let moments = first.columns.indices.map { column -> (mean: Double, deviation: Double) in
      let values = first.column(column).prefix(rows)
      let mean = values.reduce(0, +) / Double(rows)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
      return (mean, square > 0 ? square.squareRoot() : 1)
    }
    func scaled(_ representation: Representation) -> [Double] {
      representation.values.prefix(limit * width).enumerated().map { place, value in
        let moment = moments[place % width]
        return (value - moment.mean) / moment.deviation
      }
    }
    return (scaled(first), scaled(second))
  }

  /// The columns `columns`, in that order.
  func selecting(_ columns: [Int]) -> Representation {
    Representation(
      checked: columns.map { self.columns[$0] },
      values: (0..<count).flatMap { image in columns.map { self[image, $0] } })
  }
}
