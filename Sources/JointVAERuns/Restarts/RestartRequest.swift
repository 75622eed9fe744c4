import JointVAE

/// How many seeds to begin with, and after how many steps the best of them is chosen.
public struct RestartRequest: Hashable, Sendable {
  /// Seeds, from the run's own upwards.
  public var count: Int
  /// Steps that each of them trains before one is chosen; nil for as many as it takes until the capacities have grown, half of
  /// the run where that is not known.
  public var steps: Int?
  /// By what one is chosen; nil for the loss, or for what a search that goes on was begun with.
  public var choice: RestartChoice?

  /// The largest number of seeds; more are taken for a slip.
  public static let countLimit = 1000

  /// `count` seeds of `steps` steps each.
  ///
  /// - Parameters:
  ///   - count: seeds.
  ///   - steps: steps of each; nil for as many as it takes until the capacities have grown.
  ///   - choice: by what one is chosen; nil for the loss.
  public init(count: Int, steps: Int? = nil, choice: RestartChoice? = nil) {
    self.count = count
    self.steps = steps
    self.choice = choice
  }

  /// - Throws: `ConfigurationError` naming the number that is out of range.
  public func validate() throws {
    guard (1...Self.countLimit).contains(count) else {
      throw ConfigurationError(
        "restarts", "\(count)", expected: "from 1 to \(Self.countLimit) seeds")
    }
    if let choice, choice != .loss, count < 2 {
      throw ConfigurationError(
        "restarts", "\(count)",
        expected: "at least 2 seeds, which the choice by \(choice.rawValue) compares")
    }
    if let steps, steps < 1 {
      throw ConfigurationError("restart steps", "\(steps)", expected: "at least 1")
    }
  }

  /// The table, still without results, of a run with these settings.
  ///
  /// - Parameter settings: of the first seed, its images counted.
  /// - Throws: `ConfigurationError` for steps beyond the run's length, or seeds beyond the largest one.
  func table(for settings: RunConfiguration) throws -> RestartTable {
    try validate()
    let first = settings.training.seed
    guard UInt64.max - first >= UInt64(count - 1) else {
      throw ConfigurationError(
        "seed", "\(first)",
        expected: "at most \(UInt64.max - UInt64(count - 1)) with \(count) seeds"
      )
    }
    if choice == .agreement, settings.training.latents.discrete.isEmpty {
      throw ConfigurationError(
        "the choice of a seed", "agreement",
        expected: "loss or udr for a model without categories")
    }
    let total = try settings.training.totalSteps(imageCount: settings.images.count)
    let step = steps ?? settings.training.settledStep(of: total) ?? max(1, total / 2)
    guard step <= total else {
      throw ConfigurationError(
        "restart steps", "\(step)", expected: "from 1 to the \(total) steps of the run")
    }
    return RestartTable(firstSeed: first, count: count, step: step, choice: choice ?? .loss)
  }
}

extension TrainingConfiguration {
  /// The last of `total` steps before a capacity grows again, or the step size or the twins' differences come down; nil without
  /// such a step, or when capacities still grow by then.
  ///
  /// While capacities grow, losses say as much about which variable was quicker as about which seed is better.
  fileprivate func settledStep(of total: Int) -> Int? {
    guard let step = laterRamps.map(\.start).min(), step < total,
      capacities.allSatisfy({ step >= $0.rampSteps })
    else { return nil }
    return step
  }
}
