import JointVAE
import JointVAERuns

/// The curves of one run: losses, both KLs against their capacities, and every latent's KL.
package struct RunCurves {
  private let metrics: MetricsCurves?
  private let epochs: MetricsCurves?

  /// Latents with a color of their own; the others are drawn muted.
  private static let namedLatents = 12

  init(_ contents: RunContents) { (metrics, epochs) = (contents.metrics, contents.epochs) }

  /// The curves of a run that may still be trained, up to its last whole row; nil before the first.
  package init?(of folder: RunFolder) {
    guard let metrics = try? MetricsCurves(contentsOf: folder.metrics) else { return nil }
    self.metrics = metrics
    epochs = try? MetricsCurves(contentsOf: folder.epochs)
  }

  /// The charts, or why there are none.
  /// - Parameter number: tells the files of the numbers apart from those of other runs.
  package func html(number: Int) -> HTML {
    guard metrics != nil else {
      return "<p class=\"note\">No curves: metrics.csv is missing or cannot be read.</p>"
    }
    let figures = charts.enumerated().map { index, chart in
      chart.figure(fileName: "run-\(number)-curves-\(index + 1).csv")
    }
    return "<div class=\"charts\">\(figures)</div>"
  }

  /// Those that have a curve.
  var charts: [Chart] {
    [losses, divergences, latents, terms].filter { !$0.isEmpty }
  }

  private var losses: Chart {
    var series = [
      curve("loss", "objective", .color(0)),
      curve("reconstruction", "reconstruction", .color(1)),
    ]
    if let epochs {
      series.append(
        Chart.Curve(
          name: "reconstruction, validation", style: .color(2),
          points: epochs.points("validation_reconstruction")))
    }
    return Chart(
      title: "Loss", summary: "The objective and the reconstruction loss over the training.",
      vertical: Chart.Axis("Loss", unit: "nats an image", allowsLogarithm: true),
      curves: series.filter { !$0.points.isEmpty })
  }

  private var divergences: Chart {
    let codes = columns.divergences.enumerated().flatMap { index, divergence in
      let pair =
        [curve(divergence.name, "KL_\(divergence.kind.symbol)", .color(index))]
        + divergence.targets.map { curve($0, Self.words($0), .limit(index)) }
      // Without variables of this kind both are 0 throughout.
      return pair.allSatisfy { $0.points.allSatisfy { $0.y == 0 } } ? [] : pair
    }
    return Chart(
      title: "KL against capacity",
      summary: "The KL divergences of z and c, and the capacities they are held to.",
      vertical: Chart.Axis("KL", unit: "nats", includesZero: true),
      curves: codes.filter { !$0.points.isEmpty })
  }

  /// Every latent's KL, the one that ends highest first.
  private var latents: Chart {
    let sorted = columns.latents.enumerated().sorted { first, second in
      let (a, b) = (last(first.element), last(second.element))
      return a == b ? first.offset < second.offset : a > b
    }.map(\.element)
    let series = sorted.enumerated().map { index, column in
      curve(
        column, String(column.dropFirst(3)), index < Self.namedLatents ? .color(index) : .muted)
    }
    return Chart(
      title: "KL of each latent", summary: "What every latent variable carries over the training.",
      vertical: Chart.Axis("KL", unit: "nats", includesZero: true),
      curves: series.filter { !$0.points.isEmpty })
  }

  /// Every other term of the objective.
  private var terms: Chart {
    Chart(
      title: "Other terms", summary: "The values of the objective's other terms, without weights.",
      vertical: Chart.Axis("Value", unit: "nats an image", includesZero: true),
      curves: columns.terms.enumerated().map { index, column in
        curve(column, Self.words(column), .color(index))
      }.filter { !$0.points.isEmpty })
  }

  private var columns: MetricsColumns { MetricsColumns(header: metrics?.columns ?? []) }

  /// A column's name for people.
  static func words(_ column: String) -> String { column.replacing("_", with: " ") }

  private func last(_ column: String) -> Double { metrics?.last(column) ?? 0 }

  private func curve(_ column: String, _ name: String, _ style: Chart.Style)
    -> Chart.Curve
  {
    Chart.Curve(name: name, style: style, points: metrics?.points(column) ?? [])
  }
}
