/// Watches a run and reports each trouble once, when it begins.
struct Diagnosis {
  /// Steps in a row with a KL more than 1 nat from its capacity that are worth a warning. One above a capacity that still grows
  /// is none while it stays within 1 nat of what that grows to: the capacity comes to meet it.
  static let patience = 500

  /// Such steps so far, by the name of the term that has the target.
  private var missedSteps: [String: Int] = [:]
  private var unused: [[Int]] = []
  private var hasCollapsed = false

  /// - Parameter limits: the capacity of a kind when it has grown to its end, in nats.
  mutating func observe(
    _ report: StepReport, limits: (LatentKind) -> Double?
  ) -> [TrainingWarning] {
    report.terms.measurements.compactMap { measurement in
      guard let kind = measurement.target else { return nil }
      let divergence = report.terms.divergences[kind]
      let limit = max(measurement.value, limits(kind) ?? 0)
      guard divergence < measurement.value - 1 || divergence > limit + 1 else {
        missedSteps[measurement.name] = 0
        return nil
      }
      missedSteps[measurement.name, default: 0] += 1
      guard missedSteps[measurement.name] == Self.patience else { return nil }
      return .capacityMissed(
        kind, divergence: divergence, capacity: measurement.value, steps: Self.patience,
        step: report.step)
    }
  }

  /// - Parameter discreteLimit: C_c when it has grown to its end, in nats.
  mutating func observe(_ report: EpochReport, discreteLimit: Double) -> [TrainingWarning] {
    var warnings: [TrainingWarning] = []
    let divergence = report.training.continuousKL + report.training.discreteKL
    let targets = report.training.measurements
    let discreteCapacity = targets.target(of: .discrete) ?? 0
    let capacity = (targets.target(of: .continuous) ?? 0) + discreteCapacity
    let information = report.information?.total ?? divergence
    let isCollapsed = InformationBound.isCollapsed(information, capacity: capacity)
    if isCollapsed && !hasCollapsed {
      warnings.append(
        .collapsed(
          information: information, divergence: divergence, capacity: capacity,
          epoch: report.epoch))
    }
    hasCollapsed = isCollapsed
    // Categories fill up as the capacity grows; before half of it an empty one means nothing.
    guard !isCollapsed, discreteCapacity >= discreteLimit / 2 else { return warnings }
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
