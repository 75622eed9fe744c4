/// How much two settings differ that were trained with the same seeds: the mean of the differences seed by seed, and how far it
/// is to be trusted.
public struct PairedDifference: Hashable, Sendable {
  /// The mean difference.
  public let mean: Double
  /// Where 95 % of the means of resampled seeds lie (the percentile bootstrap, Efron 1979); nil for too few seeds to tell.
  public let interval: ClosedRange<Double>?
  /// Seeds.
  public let count: Int

  /// Seeds below which no interval is given.
  public static let leastCount = SeedInterval.leastCount

  /// The difference of values and those of a baseline, seed by seed; nil without any.
  ///
  /// - Parameters:
  ///   - values: one a seed.
  ///   - baseline: those of the same seeds, in the same order.
  public init?(_ values: [Double], from baseline: [Double]) {
    let differences = zip(values, baseline).map { $0 - $1 }
    guard !differences.isEmpty else { return nil }
    count = differences.count
    mean = SampleMean(differences).mean
    interval = SeedInterval.of(differences)
  }

  /// Whether the sign of the difference is beyond what seeds explain; nil for too few seeds to tell.
  public var isClear: Bool? { interval.map { !$0.contains(0) } }
}
