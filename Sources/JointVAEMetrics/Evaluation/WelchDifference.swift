/// How much two settings differ whose seeds have nothing to do with each other, and how far that is to be trusted.
public struct WelchDifference: Hashable, Sendable {
  /// The difference of the means.
  public let mean: Double
  /// The 95 % confidence interval of the difference (Welch 1947), with the degrees of freedom of Satterthwaite; nil for too few
  /// seeds to tell.
  public let interval: ClosedRange<Double>?
  /// The difference in standard deviations: Hedges' g, Cohen's d less its bias in small samples (Hedges 1981); nil without a
  /// deviation. 0.2 is called small, 0.5 medium and 0.8 large.
  public let effect: Double?

  /// Seeds of each setting below which no interval is given.
  public static let leastCount = 3

  /// The difference of the values of a setting and those of another one; nil where one has none.
  ///
  /// - Parameters:
  ///   - values: one a seed.
  ///   - baseline: one a seed of the other setting.
  public init?(_ values: [Double], from baseline: [Double]) {
    guard !values.isEmpty, !baseline.isEmpty else { return nil }
    let (first, second) = (SampleMean(values), SampleMean(baseline))
    mean = first.mean - second.mean
    guard let deviation = first.standardDeviation, let other = second.standardDeviation else {
      (interval, effect) = (nil, nil)
      return
    }
    let (n, m) = (Double(values.count), Double(baseline.count))
    let (a, b) = (deviation * deviation / n, other * other / m)
    let pooled =
      (((n - 1) * deviation * deviation + (m - 1) * other * other) / (n + m - 2)).squareRoot()
    effect = pooled > 0 ? mean / pooled * (1 - 3 / (4 * (n + m) - 9)) : nil
    guard min(values.count, baseline.count) >= Self.leastCount else {
      interval = nil
      return
    }
    guard a + b > 0 else {
      interval = mean...mean
      return
    }
    let freedom = (a + b) * (a + b) / (a * a / (n - 1) + b * b / (m - 1))
    let half = StudentT.bound(freedom: freedom) * (a + b).squareRoot()
    interval = mean - half...mean + half
  }

  /// Whether the sign of the difference is beyond what seeds explain; nil for too few seeds to tell.
  public var isClear: Bool? { interval.map { !$0.contains(0) } }
}
