/// How far two measures put the same things in the same order.
public enum RankCorrelation {
  /// Spearman's rank correlation, from -1 to 1; nil where one of the two is the same for all, or there are fewer than two pairs.
  ///
  /// Equal values share the mean of their ranks. Infinite values are the largest or the smallest; a value that is no number
  /// has no rank, and the correlation is nil.
  /// - Parameters:
  ///   - first: a value of each thing.
  ///   - second: the other value of each thing, in the same order and as many.
  public static func spearman(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count == second.count, first.count > 1,
      !(first + second).contains(where: \.isNaN)
    else { return nil }
    return correlation(centeredRanks(first), centeredRanks(second))
  }

  /// Ranks less their mean; equal values share the mean of their ranks.
  static func centeredRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = Double(start + end - 1) / 2 - Double(order.count - 1) / 2
      for place in start..<end { ranks[order[place]] = rank }
      start = end
    }
    return ranks
  }

  /// The correlation of values whose mean is 0; nil where those of one are all 0.
  static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    var (product, squares, others) = (0.0, 0.0, 0.0)
    for (a, b) in zip(first, second) {
      product += a * b
      squares += a * a
      others += b * b
    }
    let scale = (squares * others).squareRoot()
    return scale > 0 ? product / scale : nil
  }
}
