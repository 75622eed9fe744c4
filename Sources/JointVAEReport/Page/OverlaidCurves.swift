import JointVAE
import JointVAERuns

/// The training curves of several runs over each other, a color a group.
struct OverlaidCurves {
  private let comparison: Comparison

  /// Points of a curve; several runs share a chart.
  private static let pointLimit = 100

  init(_ comparison: Comparison) { self.comparison = comparison }

  /// A chart for each term of the objective.
  var html: HTML {
    let headers = comparison.runs.map { MetricsColumns(header: $0.metrics?.columns ?? []) }
    let reconstruction = chart(
      "reconstruction", title: "Reconstruction loss", unit: "nats an image", isLoss: true)
    let divergences = LatentKind.allCases.compactMap { kind in
      headers.lazy.flatMap(\.divergences).first { $0.kind == kind }
    }.map {
      chart(
        $0.name, title: "KL of \($0.kind.symbol)", unit: "nats", capacity: $0.targets.first)
    }
    var names: [String] = []
    for name in headers.flatMap(\.terms) where !names.contains(name) { names.append(name) }
    let terms = names.map {
      chart($0, title: RunCurves.words($0), unit: "nats an image", axis: "Value")
    }
    let charts = ([reconstruction] + divergences + terms).filter { !$0.isEmpty }
    guard !charts.isEmpty else { return "<p class=\"note\">No run has a metrics.csv to draw.</p>" }
    let figures = charts.enumerated().map { index, chart in
      chart.figure(fileName: "comparison-curves-\(index + 1).csv")
    }
    return "<div class=\"charts\">\(figures)</div>"
  }

  private func chart(
    _ column: String, title: String, unit: String, axis: String? = nil, capacity: String? = nil,
    isLoss: Bool = false
  ) -> Chart {
    let isOneGroup = comparison.groups.count == 1
    var series = comparison.groups.enumerated().flatMap { place, group in
      group.members.compactMap { index, contents -> Chart.Curve? in
        let points = contents.metrics?.points(column, limit: Self.pointLimit) ?? []
        guard !points.isEmpty else { return nil }
        return Chart.Curve(
          name: contents.run.name, style: .color(isOneGroup ? index : place), points: points)
      }
    }
    if let capacity, let shared = sharedPoints(of: capacity) {
      series.append(Chart.Curve(name: "capacity", style: .limit(nil), points: shared))
    }
    return Chart(
      title: title, summary: "\(series.count) curves, colored by group.",
      vertical: Chart.Axis(
        axis ?? (isLoss ? "Loss" : "KL"), unit: unit, includesZero: !isLoss,
        allowsLogarithm: isLoss),
      curves: series)
  }

  /// The capacity's line where all runs have the same.
  private func sharedPoints(of column: String) -> [Chart.Point]? {
    let lines = comparison.runs.compactMap {
      $0.metrics?.points(column, limit: Self.pointLimit)
    }
    guard let first = lines.first, first.contains(where: { $0.y > 0 }),
      lines.allSatisfy({ $0 == first })
    else { return nil }
    return first
  }
}
