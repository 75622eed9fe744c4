import JointVAEFiles

/// Curves over one axis, as plain values: what is drawn, not how.
package struct LineChart: Hashable, Sendable {
  /// An axis's name and unit.
  package struct Axis: Hashable, Sendable {
    /// Such as `KL`.
    package var name: String
    /// Such as `nats`; nil for a number of things.
    package var unit: String?

    /// An axis called `name`.
    package init(name: String, unit: String? = nil) {
      self.name = name
      self.unit = unit
    }

    /// `KL (nats)`.
    package var label: String { unit.map { "\(name) (\($0))" } ?? name }
  }

  /// A measured point.
  package struct Point: Hashable, Sendable {
    /// Along the horizontal axis.
    package var x: Double
    /// Along the vertical axis.
    package var y: Double

    /// The point at `x` and `y`.
    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// How a curve looks.
  package enum Style: Hashable, Sendable {
    /// One of the palette's colours, counted on without end: those beyond the last come dashed.
    case color(Int)
    /// The limit of the curve of this colour, nil for that of all: thin and dashed.
    case limit(Int?)
    /// One of many that need not be told apart.
    case muted
  }

  /// A curve.
  package struct Series: Hashable, Sendable {
    /// What the legend calls it.
    package var name: String
    /// How it looks.
    package var style: Style
    /// From left to right.
    package var points: [Point]

    /// The curve through `points`.
    package init(name: String, style: Style, points: [Point]) {
      self.name = name
      self.style = style
      self.points = points
    }
  }

  /// What it shows.
  package var title: String
  /// A sentence for who cannot see it.
  package var summary: String
  /// The horizontal axis.
  package var horizontal = Axis(name: "Step")
  /// The vertical axis.
  package var vertical: Axis
  /// Whether the vertical axis begins at 0.
  package var includesZero = false
  /// Whether the vertical axis may be logarithmic.
  package var allowsLogarithm = false
  /// The curves, in the legend's order.
  package var series: [Series]

  /// A chart of `series` over the steps of a training.
  package init(
    title: String, summary: String, vertical: Axis, includesZero: Bool = false,
    allowsLogarithm: Bool = false, series: [Series]
  ) {
    self.title = title
    self.summary = summary
    self.vertical = vertical
    self.includesZero = includesZero
    self.allowsLogarithm = allowsLogarithm
    self.series = series
  }

  /// Whether there is nothing to draw.
  package var isEmpty: Bool { series.allSatisfy(\.points.isEmpty) }

  /// The scale of the horizontal axis.
  package var horizontalScale: ChartScale {
    ChartScale(series.flatMap { $0.points.map(\.x) }, extends: false)
  }

  /// The scale of the vertical axis.
  package var verticalScale: ChartScale {
    ChartScale(
      series.flatMap { $0.points.map(\.y) }, includesZero: includesZero,
      allowsLogarithm: allowsLogarithm)
  }

  /// What is drawn, as comma-separated values: a row an x, a column a curve, empty where a curve has no point.
  package var commaSeparatedValues: String {
    var rows: [Double: [Int: Double]] = [:]
    for (index, curve) in series.enumerated() {
      for point in curve.points { rows[point.x, default: [:]][index] = point.y }
    }
    let header = [horizontal.name.lowercased()] + series.map(\.name)
    let lines = rows.keys.sorted().map { x in
      ([NumberText.exact(x)]
        + series.indices.map { rows[x]?[$0].map(NumberText.exact) ?? "" }).joined(separator: ",")
    }
    return ([header.map(Self.field).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  /// A text as a field in one line, which no spreadsheet takes for a formula.
  package static func field(_ text: String) -> String {
    var text = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    if let first = text.first, "=+-@".contains(first) { text = "'" + text }
    guard text.contains(where: { ",\"".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
