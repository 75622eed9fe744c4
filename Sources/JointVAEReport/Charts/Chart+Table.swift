import JointVAEFiles

extension Chart {
  /// What is drawn, as comma-separated values.
  ///
  /// Of curves, a row is an x and a column a curve, empty where a curve has no point. Of rows, there is a line for each value.
  package var commaSeparatedValues: String {
    panels.map { panel in
      switch panel.content {
      case .curves(let curves, _): Self.table(curves, over: panel.horizontal)
      case .rows(let rows): Self.table(rows, over: panel.horizontal)
      }
    }.joined(separator: "\n")
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

  private static func table(_ curves: [Curve], over axis: Axis) -> String {
    var rows: [Double: [Int: Double]] = [:]
    for (index, curve) in curves.enumerated() {
      for point in curve.points { rows[point.x, default: [:]][index] = point.y }
    }
    let header = [axis.name.lowercased()] + curves.map(\.name)
    let lines = rows.keys.sorted().map { x in
      ([NumberText.exact(x)]
        + curves.indices.map { rows[x]?[$0].map(NumberText.exact) ?? "" }).joined(separator: ",")
    }
    return ([header.map(field).joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
  }

  private static func table(_ rows: [Row], over axis: Axis) -> String {
    let lines = rows.flatMap { row in
      (row.bar.map { [Dot(name: "", value: $0)] } ?? row.dots).map {
        "\(field(row.name)),\(field($0.name)),\(NumberText.exact($0.value))"
      }
    }
    return (["group,run,\(field(axis.name))"] + lines).joined(separator: "\n") + "\n"
  }
}
