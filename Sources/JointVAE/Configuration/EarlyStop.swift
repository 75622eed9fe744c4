/// When to end a training before its full length: when its objective no longer falls.
///
/// Once all ramps of the settings have ended, the mean objective over the patience is compared with the lowest such mean
/// before. The training ends after the first stretch whose mean is no lower. Means over a whole patience hide the noise
/// of single batches, and depend on nothing but the steps, so a resumed training ends at the same step.
public struct EarlyStop: Hashable, Codable, Sendable {
  /// What a patience is counted in.
  public enum Unit: String, Hashable, Codable, CaseIterable, Sendable {
    /// Passes over the training images.
    case epochs
    /// Weight updates.
    case steps
  }

  /// Epochs or steps that the objective is averaged over, and that pass in vain before the end.
  public var patience: Int
  /// What `patience` counts.
  public var unit: Unit

  /// The end after `patience` epochs or steps in vain.
  public init(patience: Int, unit: Unit) {
    self.patience = patience
    self.unit = unit
  }

  /// The most steps or epochs of a patience.
  static let limit = 1_000_000_000

  /// - Throws: `ConfigurationError` for a patience below 1, or beyond a billion.
  public func validate() throws {
    guard (1...Self.limit).contains(patience) else {
      throw ConfigurationError(
        "early stop", "\(patience) \(unit.rawValue)", expected: "from 1 to \(Self.limit)")
    }
  }

  /// The patience in steps.
  ///
  /// - Parameter stepsPerEpoch: steps of an epoch.
  func steps(stepsPerEpoch: Int) -> Int {
    switch unit {
    case .steps: return patience
    case .epochs:
      let (steps, overflow) = patience.multipliedReportingOverflow(by: max(1, stepsPerEpoch))
      return overflow ? TrainingConfiguration.stepLimit : steps
    }
  }
}

extension TrainingConfiguration {
  /// The step from which on nothing changes by itself any more: capacities, step size and twins have come to rest.
  package var rampsEnd: Int {
    var ends = laterRamps.map(\.end)
    // A capacity of JointVAE has no effect without latents of its kind.
    for (kind, capacity) in zip(model.capacities, capacities)
    where model != .jointVAE || latents.has(kind) { ends.append(capacity.rampSteps) }
    return ends.max() ?? 0
  }

  /// The first step after which the early stop may end a training; nil without one.
  ///
  /// - Parameter imageCount: images to learn from.
  package func earliestStop(imageCount: Int) -> Int? {
    guard let earlyStop else { return nil }
    let patience = earlyStop.steps(stepsPerEpoch: stepsPerEpoch(imageCount: imageCount))
    let (twice, overflow) = patience.multipliedReportingOverflow(by: 2)
    let (step, isFar) = twice.addingReportingOverflow(rampsEnd)
    return overflow || isFar ? .max : step
  }
}
