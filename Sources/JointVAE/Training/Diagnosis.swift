/// Watches a run and says once of each trouble when it begins.
struct Diagnosis {
  /// Steps in a row with |KL - C| above 1 nat that are worth a warning.
  static let patience = 500

  private var missedSteps = (continuous: 0, discrete: 0)
  private var unused: [[Int]] = []
  private var hasCollapsed = false

  mutating func observe(_ report: StepReport) -> [TrainingWarning] {
    [
      watch(
        \.continuous, .continuous, report.terms.continuousKL, report.continuousCapacity,
        report.step),
      watch(\.discrete, .discrete, report.terms.discreteKL, report.discreteCapacity, report.step),
    ].compactMap { $0 }
  }

  private mutating func watch(
    _ counter: WritableKeyPath<(continuous: Int, discrete: Int), Int>,
    _ kind: TrainingWarning.LatentKind, _ divergence: Double, _ capacity: Double, _ step: Int
  ) -> TrainingWarning? {
    guard abs(divergence - capacity) > 1 else {
      missedSteps[keyPath: counter] = 0
      return nil
    }
    missedSteps[keyPath: counter] += 1
    guard missedSteps[keyPath: counter] == Self.patience else { return nil }
    return .capacityMissed(
      kind, divergence: divergence, capacity: capacity, steps: Self.patience, step: step)
  }

  /// - Parameter discreteLimit: C_c when it has grown to its end, in nats.
  mutating func observe(_ report: EpochReport, discreteLimit: Double) -> [TrainingWarning] {
    var warnings: [TrainingWarning] = []
    let divergence = report.training.continuousKL + report.training.discreteKL
    let capacity = report.continuousCapacity + report.discreteCapacity
    let isCollapsed = report.training.isCollapsed(capacity: capacity)
    if isCollapsed && !hasCollapsed {
      warnings.append(
        .collapsed(divergence: divergence, capacity: capacity, epoch: report.epoch))
    }
    hasCollapsed = isCollapsed
    // Categories fill up as the capacity grows; before half of it an empty one means nothing.
    guard !isCollapsed, report.discreteCapacity >= discreteLimit / 2 else { return warnings }
    let nowUnused = report.categoryCounts.map { counts in counts.indices.filter { counts[$0] == 0 }
    }
    for (variable, categories) in nowUnused.enumerated()
    where !categories.isEmpty
      && !(unused.indices.contains(variable) && unused[variable] == categories)
    {
      warnings.append(
        .unusedCategories(variable: variable, categories: categories, epoch: report.epoch))
    }
    unused = nowUnused
    return warnings
  }
}
