import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// The measures of an experiment for people: a line a setting, means and standard deviations over its seeds.
public struct ExperimentTable {
  private let plan: ExperimentPlan
  private let result: ExperimentResult

  /// What every table shows, where it was measured.
  private static let columns: [(measure: String, title: String, decimals: Int)] = [
    ("accuracy.majority", "accuracy", 3), ("accuracy.oneToOne", "one to one", 3),
    ("accuracy.normalizedMutualInformation", "NMI", 3), ("reconstruction", "reconstruction", 2),
    ("kl.continuous", "KL_z", 2), ("kl.discrete", "KL_c", 2), ("activeUnits", "active", 1),
  ]

  /// The table of the results of `plan`'s runs.
  public init(_ plan: ExperimentPlan, _ result: ExperimentResult) {
    self.plan = plan
    self.result = result
  }

  /// The lines, with a header.
  /// - Throws: `MetricError`.
  public func text() throws -> String {
    let outcomes = Dictionary(
      uniqueKeysWithValues: zip(plan.runs.map(\.name), result.outcomes))
    var summaries: [(group: String, runs: String, summary: SeedSummary?)] = []
    for group in plan.groups {
      let measured = group.runs.compactMap { run in
        if case .measured(let evaluation)? = outcomes[run.name] { evaluation } else { nil }
      }
      summaries.append(
        (
          group.name,
          measured.count == group.runs.count
            ? "\(measured.count)" : "\(measured.count) of \(group.runs.count)",
          measured.isEmpty ? nil : try SeedSummary(measured)
        ))
    }
    let shown = Self.columns.filter { column in
      summaries.contains { $0.summary?[column.measure] != nil }
    }
    let rows = summaries.map { group, runs, summary in
      [group, runs]
        + shown.map { column in
          Self.text(of: summary?[column.measure], decimals: column.decimals)
        }
    }
    return TextTable([["setting", "runs"] + shown.map(\.title)] + rows).text
  }

  /// `0.921 +- 0.013`, without a deviation for a single run, a dash where nothing was measured.
  static func text(of measure: SeedSummary.Measure?, decimals: Int) -> String {
    guard let measure else { return "-" }
    let mean = NumberText.decimal(measure.mean, decimals)
    guard let deviation = measure.standardDeviation else { return mean }
    return "\(mean) +- " + NumberText.decimal(deviation, decimals)
  }
}
