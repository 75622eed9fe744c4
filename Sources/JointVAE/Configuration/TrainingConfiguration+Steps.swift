extension TrainingConfiguration {
  /// Different images of the data set a step: half of the batch when that is pairs.
  public var imagesPerStep: Int { pairing == nil ? batchSize : batchSize / 2 }

  /// Steps of an epoch on `imageCount` images; the last batch may be short.
  public func stepsPerEpoch(imageCount: Int) -> Int {
    let (whole, rest) = imageCount.quotientAndRemainder(dividingBy: imagesPerStep)
    return whole + (rest == 0 ? 0 : 1)
  }

  /// Steps of the whole run on `imageCount` images.
  /// - Throws: `ConfigurationError` for epochs of more than `stepLimit` steps.
  public func totalSteps(imageCount: Int) throws -> Int {
    switch length {
    case .steps(let count): return count
    case .epochs(let count):
      let (steps, overflow) = count.multipliedReportingOverflow(
        by: stepsPerEpoch(imageCount: imageCount))
      guard !overflow, steps <= Self.stepLimit else {
        throw ConfigurationError(
          "epochs", "\(count)",
          expected: "fewer, as a run has at most \(Self.stepLimit) steps")
      }
      return steps
    }
  }

  /// The most steps of a run: decades of the fastest there are, and far from where counting overflows.
  public static let stepLimit = 1_000_000_000_000
}
