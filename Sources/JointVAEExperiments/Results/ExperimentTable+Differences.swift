import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

extension ExperimentTable {
  /// A line a setting: by how much it differs from the baseline with the same seeds.
  struct Differences {
    private let rows: [[String]]
    private let baseline: String

    init(
      _ groups: [Group], from baseline: String, columns: [MeasureDescription]
    ) {
      self.baseline = baseline
      let own = groups.first { $0.name == baseline }
      rows =
        [["setting", "seeds"] + columns.map(\.heading)]
        + groups.filter { $0.name != baseline }.map { group in
          [group.name, "\(Self.common(group, own).count)"]
            + columns.map { Self.text($0, of: group, from: own) }
        }
    }

    var text: String {
      TextTable(rows).text + "\n" + """
        Differences from \(baseline), the mean over the seeds that both have. In brackets: where 95 % of the means lie when seeds
        are resampled. With fewer than \(PairedDifference.leastCount) seeds in common: the difference of the means, with Welch's \
        95 % interval, marked by w. An interval without 0 is marked by *. ? stands for fewer than \
        \(WelchDifference.leastCount) seeds: too few to tell. g is the difference in standard deviations (Hedges).

        """
    }

    /// The places of the seeds that both have.
    private static func common(_ group: Group, _ other: Group?) -> [(Int, Int)] {
      group.seeds.enumerated().compactMap { place, seed in
        other?.seeds.firstIndex(of: seed).map { (place, $0) }
      }
    }

    private static func text(
      _ column: MeasureDescription, of group: Group, from other: Group?
    ) -> String {
      let places = common(group, other)
      guard let values = group.measure(column)?.values,
        let others = other?.measure(column)?.values,
        let apart = WelchDifference(values, from: others)
      else { return "-" }
      let paired = PairedDifference(
        places.map { values[$0.0] }, from: places.map { others[$0.1] })
      func signed(_ value: Double, _ decimals: Int) -> String {
        (value > 0 ? "+" : "") + NumberText.decimal(value, decimals)
      }
      func text(_ mean: Double, _ interval: ClosedRange<Double>?, _ method: String) -> String {
        let range = interval.map {
          " [\(signed($0.lowerBound, column.decimals)), \(signed($0.upperBound, column.decimals))]\(method)"
            + ($0.contains(0) ? "" : " *")
        }
        return signed(mean, column.decimals) + (range ?? " ?")
          + (apart.effect.map { " g " + signed($0, 1) } ?? "")
      }
      guard let paired, paired.interval != nil else {
        return text(apart.mean, apart.interval, " w")
      }
      return text(paired.mean, paired.interval, "")
    }
  }
}
