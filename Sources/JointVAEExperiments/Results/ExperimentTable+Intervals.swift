import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

extension ExperimentTable {
  /// A line a setting: how far its means are to be trusted.
  struct Intervals {
    private let rows: [[String]]

    init(_ groups: [Group], columns: [MeasureDescription]) {
      rows =
        [["setting", "seeds"] + columns.map(\.heading)]
        + groups.map { group in
          [group.name, "\(group.seeds.count)"]
            + columns.map { column in
              group.measure(column)?.intervalText(decimals: column.decimals) ?? "-"
            }
        }
    }

    var text: String {
      TextTable(rows).text + "\n" + """
        Where 95 % of the means lie when seeds are resampled (the percentile bootstrap). ? stands for fewer than \
        \(SeedInterval.leastCount) seeds: too few to tell.

        """
    }
  }
}
