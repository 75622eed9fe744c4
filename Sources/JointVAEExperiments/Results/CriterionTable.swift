import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// How well choosing a seed without labels would have done in an experiment: by the loss, by UDR, and by the agreement of
/// categories, as `train --restarts` can.
///
/// For each choice and measure, three things are compared: the seed that the choice takes, a seed at random, and the best
/// seed. Spearman's correlation compares all seeds of a setting.
public struct CriterionTable: Sendable {
  /// A setting's seeds.
  package struct Group: Sendable {
    /// What each seed could be chosen by.
    package var criteria: [SeedCriteria]
    /// What each seed was measured at, in the same order.
    package var summary: SeedSummary

    /// The seeds of a setting.
    package init(criteria: [SeedCriteria], summary: SeedSummary) {
      self.criteria = criteria
      self.summary = summary
    }
  }

  /// Fewer seeds have no order worth a number.
  public static let leastSeeds = 3

  /// How much of an experiment there is to compare.
  package struct Extent: Hashable, Sendable {
    /// Runs that are trained and measured, and all of the plan's.
    package var finishedRuns: Int, runs: Int
    /// Settings of the plan, with enough seeds or not.
    package var settings: Int

    /// An extent.
    package init(finishedRuns: Int, runs: Int, settings: Int) {
      self.finishedRuns = finishedRuns
      self.runs = runs
      self.settings = settings
    }
  }

  private let groups: [Group]
  private let extent: Extent

  package init(_ groups: [Group], of extent: Extent) {
    self.groups = groups
    self.extent = extent
  }

  /// What a choice did for one measure: means over the settings.
  package struct Line: Hashable, Sendable {
    /// The measure.
    package var measure: MeasureDescription
    /// Settings in which the choice and the measure are known of every seed.
    package var settings = 0
    /// Spearman's correlation of both, better with better; settings whose seeds are all the same have none.
    package var correlation: SampleMean?
    /// The measure of the seed that is chosen, of all seeds in the mean, and of the best one.
    package var chosen = 0.0, mean = 0.0, best = 0.0
  }

  /// A line for each measure of which a better value is known.
  package func lines(of choice: RestartChoice) -> [Line] {
    var columns: [MeasureDescription] = []
    for measure in groups.flatMap(\.summary.measures).map(\.description)
    where measure.isInTables && measure.preference != nil
      && !columns.contains(where: measure.isSame)
    { columns.append(measure) }
    return columns.compactMap { line(of: choice, at: $0) }
  }

  private func line(of choice: RestartChoice, at measure: MeasureDescription) -> Line? {
    var line = Line(measure: measure)
    var correlations: [Double] = []
    for group in groups {
      let merits = group.criteria.compactMap { $0.merit(by: choice) }
      guard merits.count == group.criteria.count, merits.contains(where: \.isFinite),
        let found = group.summary.measure(under: measure), let best = found.best,
        let place = Self.choice(merits, losses: group.criteria.map(\.loss))
      else { continue }
      let sign = found.description.preference == .smaller ? -1.0 : 1
      if let correlation = RankCorrelation.spearman(merits, found.values.map { sign * $0 }) {
        correlations.append(correlation)
      }
      line.settings += 1
      line.chosen += found.values[place]
      line.mean += found.mean
      line.best += best
    }
    guard line.settings > 0 else { return nil }
    line.chosen /= Double(line.settings)
    line.mean /= Double(line.settings)
    line.best /= Double(line.settings)
    line.correlation = correlations.isEmpty ? nil : SampleMean(correlations)
    return line
  }

  /// The seed with the largest merit; of equal ones that with the smaller loss, as `--restarts` takes it.
  private static func choice(_ merits: [Double], losses: [Double]) -> Int? {
    merits.indices.max { (merits[$0], -losses[$0]) < (merits[$1], -losses[$1]) }
  }

  /// A table for each choice, and how to read them.
  public var text: String {
    let tables = RestartChoice.allCases.map { choice in
      let lines = lines(of: choice)
      guard !lines.isEmpty else {
        return "Chosen by \(choice.words): not known of all seeds of any setting\n"
      }
      let rows = lines.map { line in
        [line.measure.heading, "\(line.settings)", Self.text(line.correlation)]
          + [line.chosen, line.mean, line.best].map {
            NumberText.decimal($0, line.measure.decimals)
          }
      }
      return "Chosen by \(choice.words)\n"
        + TextTable(
          [["measure", "settings", "correlation", "chosen seed", "mean seed", "best seed"]] + rows
        ).text + "\n"
    }
    return tables.joined(separator: "\n") + "\n" + """
      \(extent.finishedRuns) of \(extent.runs) runs are trained and measured; \(groups.count) of \(extent.settings) settings have \(Self.leastSeeds) or more of them.
      Means over settings of \(Self.leastSeeds) or more seeds. The correlation is Spearman's, of the criterion with the measure over the
      seeds of a setting: 1 where better by one is better by the other. +- is the deviation between settings. Seeds whose
      code carries nothing come last.

      """
  }

  private static func text(_ correlation: SampleMean?) -> String {
    guard let correlation else { return "-" }
    return NumberText.decimal(correlation.mean, 2)
      + (correlation.standardDeviation.map { " +- " + NumberText.decimal($0, 2) } ?? "")
  }
}
