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
        are resampled. An interval without 0 is marked by *. ? stands for fewer than \(PairedDifference.leastCount) seeds: \
        too few to tell.

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
        let difference = PairedDifference(
          places.map { values[$0.0] }, from: places.map { others[$0.1] })
      else { return "-" }
      func signed(_ value: Double) -> String {
        (value > 0 ? "+" : "") + NumberText.decimal(value, column.decimals)
      }
      guard let interval = difference.interval else { return "\(signed(difference.mean)) ?" }
      return
        "\(signed(difference.mean)) [\(signed(interval.lowerBound)), \(signed(interval.upperBound))]"
        + (difference.isClear == true ? " *" : "")
    }
  }
}
