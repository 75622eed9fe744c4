import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// The measures of an experiment for people: a line a setting, means and standard deviations over its seeds.
public struct ExperimentTable {
  private let plan: ExperimentPlan
  private let result: ExperimentResult

  /// The table of the results of `plan`'s runs.
  public init(_ plan: ExperimentPlan, _ result: ExperimentResult) {
    self.plan = plan
    self.result = result
  }

  /// The lines, with a header; then the intervals of the means, and, where the file names a baseline, a table of the
  /// differences from it.
  /// - Throws: `MetricError`.
  public func text() throws -> String {
    let groups = try summaries()
    let columns = Self.columns(of: groups)
    let rows = groups.map { group in
      [group.name, group.runs]
        + columns.map { Self.text(of: group.measure($0), decimals: $0.decimals) }
    }
    var text = TextTable([["setting", "runs"] + columns.map(\.heading)] + rows).text
    if groups.contains(where: { ($0.summary?.runs ?? 0) > 1 }) {
      text += "\n" + Intervals(groups, columns: columns).text
    }
    guard let baseline = plan.experiment.baseline else { return text }
    return text + "\n" + Differences(groups, from: baseline, columns: columns).text
  }

  /// What was measured of any group, each measure once: some are scored as categories where there are some.
  private static func columns(of groups: [Group]) -> [MeasureDescription] {
    var columns: [MeasureDescription] = []
    for group in groups {
      for measure in group.summary?.measures ?? [] {
        let description = measure.description
        if description.isInTables, !columns.contains(where: description.isSame) {
          columns.append(description)
        }
      }
    }
    return columns
  }

  /// What a group's runs were measured at.
  struct Group {
    var name: String
    /// How many were measured, in words.
    var runs: String
    /// The seeds of those that were measured.
    var seeds: [UInt64]
    /// nil when none was.
    var summary: SeedSummary?

    /// What was measured under a table's heading; nil where it was not.
    func measure(_ column: MeasureDescription) -> SeedSummary.Measure? {
      summary?.measure(under: column)
    }
  }

  private func summaries() throws -> [Group] {
    let outcomes = Dictionary(
      uniqueKeysWithValues: zip(plan.runs.map(\.name), result.outcomes))
    return try plan.groups.map { group in
      let measured = group.runs.compactMap { run -> (seed: UInt64, evaluation: Evaluation)? in
        if case .measured(let evaluation)? = outcomes[run.name] {
          (run.seed, evaluation)
        } else {
          nil
        }
      }
      return Group(
        name: group.name,
        runs: measured.count == group.runs.count
          ? "\(measured.count)" : "\(measured.count) of \(group.runs.count)",
        seeds: measured.map(\.seed),
        summary: measured.isEmpty ? nil : try SeedSummary(measured.map(\.evaluation)))
    }
  }

  /// `0.921 +- 0.013`, without a deviation for a single run, a dash where nothing was measured.
  static func text(of measure: SeedSummary.Measure?, decimals: Int) -> String {
    guard let measure else { return "-" }
    let mean = NumberText.decimal(measure.mean, decimals)
    guard let deviation = measure.standardDeviation else { return mean }
    return "\(mean) +- " + NumberText.decimal(deviation, decimals)
  }
}
