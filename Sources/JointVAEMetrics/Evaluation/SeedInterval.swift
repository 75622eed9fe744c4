import JointVAEKernels

/// How far a mean over seeds is to be trusted, by the percentile bootstrap (Efron 1979): where 95 % of the means lie when the
/// seeds are drawn again from those there are.
public enum SeedInterval {
  /// Seeds below which no interval is given: resampling a few numbers shows less spread than there is.
  public static let leastCount = 5
  /// Resampled sets of seeds.
  public static let resamples = 10_000

  /// The interval of the mean.
  ///
  /// - Parameter values: one a seed.
  /// - Returns: nil for fewer than `leastCount` values, too few to tell.
  public static func of(_ values: [Double]) -> ClosedRange<Double>? {
    guard values.count >= leastCount else { return nil }
    var random = RandomSequence(seed: 0)
    var means = (0..<resamples).map { _ in
      values.indices.reduce(0.0) { sum, _ in
        sum + values[random.number(below: values.count)]
      } / Double(values.count)
    }
    means.sort()
    let tail = resamples / 40
    return means[tail]...means[resamples - 1 - tail]
  }
}
