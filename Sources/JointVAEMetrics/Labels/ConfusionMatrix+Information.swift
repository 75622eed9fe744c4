import CLibrary

extension ConfusionMatrix {
  /// The mutual information of class and category, `sum p(l, c) log(p(l, c) / (p(l) p(c)))`, in nats.
  public var mutualInformation: Double { JointVAEMetrics.mutualInformation(counts) }

  /// The mutual information divided by the arithmetic mean of the entropies of class and category.
  ///
  /// From 0 (independent) to 1 (one determines the other); scikit-learn's default normalization. 1
  /// when there is one class and one category, as there is nothing to tell.
  public var normalizedMutualInformation: Double {
    let classes = entropy(classSizes)
    let categories = entropy(categorySizes)
    guard classes > 0 || categories > 0 else { return 1 }
    return min(1, mutualInformation / ((classes + categories) / 2))
  }
}

/// The mutual information of row and column of a table of counts, in nats; never below 0.
func mutualInformation(_ counts: [[Int]]) -> Double {
  let total = counts.joined().reduce(0, +)
  guard total > 0, let width = counts.first?.count else { return 0 }
  let rows = counts.map { $0.reduce(0, +) }
  let columns = (0..<width).map { column in counts.reduce(0) { $0 + $1[column] } }
  var sum = 0.0
  for (row, line) in counts.enumerated() {
    for (column, count) in line.enumerated() where count > 0 {
      // Quotients first: products of counts may be too large for an Int.
      let ratio = Double(count) / Double(rows[row]) * (Double(total) / Double(columns[column]))
      sum += Double(count) * log(ratio)
    }
  }
  return max(0, sum / Double(total))
}

/// The entropy of a distribution given by counts, `-sum p log p`, in nats.
func entropy(_ counts: [Int]) -> Double {
  let total = Double(counts.reduce(0, +))
  return counts.reduce(0) { sum, count in
    guard count > 0 else { return sum }
    let share = Double(count) / total
    return sum - share * log(share)
  }
}
