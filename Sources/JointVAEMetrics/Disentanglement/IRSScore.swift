/// The interventional robustness score (Suter et al. 2019, section 4): whether each variable stays where it is while other
/// factors change.
public enum IRSScore {
  /// The share of the distances that count as no outliers.
  public static let quantile = 0.99

  /// The score, under protocol `irs/locatello`.
  ///
  /// For each factor, images that share its value are compared with their mean: the 99th percentile of a variable's distances,
  /// averaged over the values, is what other factors move the variable by. As a share of the largest distance of all images
  /// from their mean and less than 1, it is how robust the variable is. A variable counts with its most robust factor, weighted
  /// by its largest distance. Categories are taken one-hot. Variables that never move are left out.
  /// - Throws: as `MutualInformationMatrix`.
  public static func score(
    _ representation: Representation, _ labels: FactorLabels
  ) throws -> ScoreResult {
    let factors = try checkedFactors(representation, labels)
    let numbers = representation.oneHot
    let groups = factors.map { factor in
      var rows = [[Int]](repeating: [], count: labels.sizes[factor])
      for (image, value) in labels.column(factor).enumerated() { rows[value].append(image) }
      return rows.filter { !$0.isEmpty }
    }
    var sum = 0.0
    var weights = 0.0
    var used = 0
    for column in numbers.columns.indices {
      let values = numbers.column(column)
      let largest = distances(values).max() ?? 0
      guard largest > 0 else { continue }
      let robustness = groups.map { rows in
        let moved = rows.reduce(0) { $0 + percentile(distances($1.map { values[$0] })) }
        return 1 - moved / Double(rows.count) / largest
      }
      sum += largest * (robustness.max() ?? 0)
      weights += largest
      used += 1
    }
    return ScoreResult(
      name: "irs", protocol: "irs/locatello", value: weights > 0 ? sum / weights : 0,
      counts: ["images": labels.count, "activeLatents": used],
      settings: ["quantile": "0.99"], constantFactors: labels.constantFactorNames)
  }

  /// Distances from the mean.
  private static func distances(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.map { abs($0 - mean) }
  }

  /// The quantile, between two neighbors where it falls between them.
  private static func percentile(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let place = quantile * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }
}
