/// Curves over one axis, as plain values: what is drawn, not how.
struct LineChart: Hashable, Sendable {
  /// An axis's name and unit.
  struct Axis: Hashable, Sendable {
    /// Such as `KL`.
    var name: String
    /// Such as `nats`; nil for a number of things.
    var unit: String?

    /// `KL (nats)`.
    var label: String { unit.map { "\(name) (\($0))" } ?? name }
  }

  /// A measured point.
  struct Point: Hashable, Sendable {
    /// Along the horizontal axis.
    var x: Double
    /// Along the vertical axis.
    var y: Double
  }

  /// How a curve looks.
  enum Style: Hashable, Sendable {
    /// One of the palette's colours, counted on without end: those beyond the last come dashed.
    case color(Int)
    /// A limit or another thing that is not measured: thin and dashed.
    case reference
    /// One of many that need not be told apart.
    case muted
  }

  /// A curve.
  struct Series: Hashable, Sendable {
    /// What the legend calls it.
    var name: String
    /// How it looks.
    var style: Style
    /// From left to right.
    var points: [Point]
  }

  /// What it shows.
  var title: String
  /// A sentence for who cannot see it.
  var summary: String
  /// The horizontal axis.
  var horizontal = Axis(name: "Step")
  /// The vertical axis.
  var vertical: Axis
  /// Whether the vertical axis begins at 0.
  var includesZero = false
  /// Whether the vertical axis may be logarithmic.
  var allowsLogarithm = false
  /// The curves, in the legend's order.
  var series: [Series]

  /// Whether there is nothing to draw.
  var isEmpty: Bool { series.allSatisfy(\.points.isEmpty) }

  /// The scale of the horizontal axis.
  var horizontalScale: ChartScale {
    ChartScale(series.flatMap { $0.points.map(\.x) }, extends: false)
  }

  /// The scale of the vertical axis.
  var verticalScale: ChartScale {
    ChartScale(
      series.flatMap { $0.points.map(\.y) }, includesZero: includesZero,
      allowsLogarithm: allowsLogarithm)
  }

  /// What is drawn, as comma-separated values: a row an x, a column a curve, empty where a curve has no point.
  var commaSeparatedValues: String {
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
  static func field(_ text: String) -> String {
    var text = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    if let first = text.first, "=+-@".contains(first) { text = "'" + text }
    guard text.contains(where: { ",\"".contains($0) }) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
