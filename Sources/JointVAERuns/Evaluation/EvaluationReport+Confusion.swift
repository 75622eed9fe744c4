import JointVAEFiles
import JointVAEImages
import JointVAEMetrics

extension EvaluationReport {
  /// Writes the confusion matrix of the first run: as a heat map to a name that ends in .png, else
  /// as comma-separated values.
  /// - Throws: `MetricError` when it has none, `ImageError` when it is too large to draw,
  ///   `FileError`.
  public func writeConfusion(to path: String) throws {
    guard let first = runs.first else {
      throw MetricError.count(of: "runs", 0, expected: 1)
    }
    let scores = try first.requireAccuracy()
    if path.lowercased().hasSuffix(".png") {
      try scores.heatMap.image().writePNG(to: path)
    } else {
      try AtomicFile.write(scores.confusion.commaSeparatedValues, to: path)
    }
  }
}

extension LabelScores {
  /// The confusion matrix, each cell as dark as its share of the class.
  var heatMap: HeatMap {
    let names = confusion.classNames
    let sizes = confusion.classSizes
    return HeatMap(
      cells: zip(confusion.counts, sizes).map { row, size in
        row.map { count in
          HeatMap.Cell(share: size == 0 ? 0 : Double(count) / Double(size), text: "\(count)")
        }
      },
      rowLabels: names,
      columnLabels: majorityMap.enumerated().map { category, row in
        ["\(category)", row.map { names[$0] } ?? "-"]
      },
      headerLabels: ["c\(variable)", "mostly"])
  }
}
