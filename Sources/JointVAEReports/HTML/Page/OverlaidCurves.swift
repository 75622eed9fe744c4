/// The training curves of several runs over each other, a colour a group.
struct OverlaidCurves {
  private let comparison: Comparison

  /// Points of a curve; several runs share a chart.
  private static let pointLimit = 100

  init(_ comparison: Comparison) { self.comparison = comparison }

  /// A chart for each term of the objective.
  var html: HTML {
    let charts = [
      chart(
        "reconstruction", title: "Reconstruction loss", unit: "nats an image", isLoss: true),
      chart("kl_z", title: "KL of z", unit: "nats", capacity: "capacity_z"),
      chart("kl_c", title: "KL of c", unit: "nats", capacity: "capacity_c"),
    ].filter { !$0.isEmpty }
    guard !charts.isEmpty else { return "<p class=\"note\">No run has a metrics.csv to draw.</p>" }
    let figures = charts.enumerated().map { index, chart in
      chart.figure(fileName: "comparison-curves-\(index + 1).csv")
    }
    return "<div class=\"charts\">\(figures)</div>"
  }

  private func chart(
    _ column: String, title: String, unit: String, capacity: String? = nil, isLoss: Bool = false
  ) -> LineChart {
    let isOneGroup = comparison.groups.count == 1
    var series = comparison.groups.enumerated().flatMap { place, group in
      group.members.compactMap { index, contents -> LineChart.Series? in
        let points = contents.metrics?.points(column, limit: Self.pointLimit) ?? []
        guard !points.isEmpty else { return nil }
        return LineChart.Series(
          name: contents.run.name, style: .color(isOneGroup ? index : place), points: points)
      }
    }
    if let capacity, let shared = sharedPoints(of: capacity) {
      series.append(LineChart.Series(name: "capacity", style: .limit(nil), points: shared))
    }
    return LineChart(
      title: title, summary: "\(series.count) curves, colored by group.",
      vertical: LineChart.Axis(name: isLoss ? "Loss" : "KL", unit: unit), includesZero: !isLoss,
      allowsLogarithm: isLoss, series: series)
  }

  /// The capacity's line where all runs have the same.
  private func sharedPoints(of column: String) -> [LineChart.Point]? {
    let lines = comparison.runs.compactMap {
      $0.metrics?.points(column, limit: Self.pointLimit)
    }
    guard let first = lines.first, first.contains(where: { $0.y > 0 }),
      lines.allSatisfy({ $0 == first })
    else { return nil }
    return first
  }
}
