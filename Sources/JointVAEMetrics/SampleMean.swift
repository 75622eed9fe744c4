/// The mean of independent numbers and how far it is to be trusted.
package struct SampleMean: Hashable, Sendable {
  /// Numbers.
  package let count: Int
  /// Their mean; 0 when there are none.
  package let mean: Double
  /// Their standard deviation with n - 1 in the denominator; nil below two numbers.
  package let standardDeviation: Double?

  package init(_ values: [Double]) {
    count = values.count
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    self.mean = mean
    // Deviations from the mean, not sums of squares: those cancel.
    standardDeviation =
      values.count < 2
      ? nil
      : (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1))
        .squareRoot()
  }

  /// The standard error of the mean; nil below two numbers.
  var standardError: Double? { standardDeviation.map { $0 / Double(count).squareRoot() } }
}
