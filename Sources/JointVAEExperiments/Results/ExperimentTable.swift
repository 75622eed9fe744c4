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
    ("factor-vae/kim2018", "FactorVAE", 3), ("beta-vae/locatello", "beta-VAE", 3),
    ("mig/locatello", "MIG", 3), ("sap/locatello", "SAP", 3), ("dci/locatello", "DCI", 3),
    ("modularity/locatello", "modularity", 3), ("infomec/histogram", "InfoM", 3),
    ("irs/locatello", "IRS", 3),
  ]

  /// The table of the results of `plan`'s runs.
  public init(_ plan: ExperimentPlan, _ result: ExperimentResult) {
    self.plan = plan
    self.result = result
  }

  /// The lines, with a header; then, where the file names a baseline, a table of the differences from it.
  /// - Throws: `MetricError`.
  public func text() throws -> String {
    let groups = try summaries()
    let shown = Self.columns.filter { column in
      groups.contains { $0.summary?.measure(column.measure) != nil }
    }
    let rows = groups.map { group in
      [group.name, group.runs]
        + shown.map { column in
          Self.text(of: group.summary?.measure(column.measure), decimals: column.decimals)
        }
    }
    let table = TextTable([["setting", "runs"] + shown.map(\.title)] + rows).text
    guard let baseline = plan.experiment.baseline else { return table }
    return table + "\n" + Differences(groups, from: baseline, columns: shown).text
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

extension SeedSummary {
  /// A measure by its name; of a score that was computed for two codes of discrete variables, that for categories.
  func measure(_ name: String) -> Measure? {
    self[name] ?? self["\(name) (\(DiscreteCode.category.rawValue))"]
  }
}
