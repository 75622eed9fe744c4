import JointVAEKernels

/// How much two settings differ that were trained with the same seeds: the mean of the differences seed by seed, and how far it
/// is to be trusted.
public struct PairedDifference: Hashable, Sendable {
  /// The mean difference.
  public let mean: Double
  /// Where 95 % of the means of resampled seeds lie (the percentile bootstrap, Efron 1979); nil for too few seeds to tell.
  public let interval: ClosedRange<Double>?
  /// Seeds.
  public let count: Int

  /// Seeds below which no interval is given: resampling a few numbers shows less spread than there is.
  public static let leastCount = 5
  /// Resampled sets of seeds.
  public static let resamples = 10_000

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
    guard differences.count >= Self.leastCount else {
      interval = nil
      return
    }
    var random = RandomSequence(seed: 0)
    var means = (0..<Self.resamples).map { _ in
      differences.indices.reduce(0.0) { sum, _ in
        sum + differences[random.number(below: differences.count)]
      } / Double(differences.count)
    }
    means.sort()
    let tail = Self.resamples / 40
    interval = means[tail]...means[Self.resamples - 1 - tail]
  }

  /// Whether the sign of the difference is beyond what seeds explain; nil for too few seeds to tell.
  public var isClear: Bool? { interval.map { !$0.contains(0) } }
}
