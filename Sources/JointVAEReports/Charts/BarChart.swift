import JointVAEFiles

/// Bars beside their names, in one or more panels below each other, each with an axis of its own from zero.
package struct BarChart: Hashable, Sendable {
  /// A bar.
  package struct Bar: Hashable, Sendable {
    /// What it stands for, to its left.
    package var name: String
    /// Its length, in the panel's unit.
    package var value: Double
    /// Where other values of the same kind lie, a thin line across its end; nil for none.
    package var spread: ClosedRange<Double>?
    /// Its value in words, to its right.
    package var note: String

    package init(name: String, value: Double, spread: ClosedRange<Double>? = nil, note: String) {
      self.name = name
      self.value = value
      self.spread = spread
      self.note = note
    }
  }

  /// Bars of one unit.
  package struct Panel: Hashable, Sendable {
    /// What its bars count, with the unit.
    package var label: String
    /// From top to bottom.
    package var bars: [Bar]

    package init(label: String, bars: [Bar]) {
      self.label = label
      self.bars = bars
    }

    /// The largest number that is drawn.
    var end: Double {
      bars.flatMap { [$0.value, $0.spread?.upperBound ?? 0] }.filter(\.isFinite).max() ?? 0
    }
  }

  /// What the chart shows, in a line.
  package var title: String
  /// From top to bottom.
  package var panels: [Panel]

  package init(title: String, panels: [Panel]) {
    self.title = title
    self.panels = panels
  }

  /// Writes the chart to an SVG file, whole or not at all.
  /// - Throws: `FileError`.
  package func write(to path: String) throws { try AtomicFile.write(svg, to: path) }

  /// The chart as SVG.
  package var svg: String {
    var canvas = SVGCanvas()
    let size = draw(on: &canvas)
    let words = panels.map { panel in
      "\(panel.label): " + panel.bars.map { "\($0.name) \($0.note)" }.joined(separator: "; ")
    }
    return canvas.document(
      title: title, description: words.joined(separator: ". ") + ".", size: size)
  }
}

extension BarChart {
  private static let left = 190.0
  private static let right = 500.0
  private static let width = 780
  private static let rowHeight = 26.0

  /// Draws title, axes and bars, and returns the size of what was drawn, in pixels.
  func draw(on canvas: inout some ChartCanvas) -> (width: Int, height: Int) {
    canvas.write(title, at: ChartPlace(x: 20, y: 20), .start)
    var top = 44.0
    for panel in panels {
      canvas.write(panel.label, at: ChartPlace(x: 20, y: top + 8), .start)
      let rows = ChartRectangle(
        left: Self.left, top: top + 24, right: Self.right,
        bottom: top + 24 + Double(panel.bars.count) * Self.rowHeight)
      draw(panel, in: rows, on: &canvas)
      top = rows.bottom + 40
    }
    return (Self.width, Int(top))
  }

  private func draw(_ panel: Panel, in rows: ChartRectangle, on canvas: inout some ChartCanvas) {
    let end = panel.end > 0 ? panel.end : 1
    func x(_ value: Double) -> Double {
      rows.left + min(max(value.isFinite ? value / end : 0, 0), 1) * (rows.right - rows.left)
    }
    for value in PanelChart.ticks(0...end, about: 5) {
      canvas.rule(
        from: ChartPlace(x: x(value), y: rows.top), to: ChartPlace(x: x(value), y: rows.bottom),
        value == 0 ? .axis : .grid)
      canvas.write(
        NumberText.shortest(value), at: ChartPlace(x: x(value), y: rows.bottom + 12), .middle)
    }
    for (number, bar) in panel.bars.enumerated() {
      let middle = rows.top + (Double(number) + 0.5) * Self.rowHeight
      canvas.bar(
        1,
        ChartRectangle(
          left: rows.left, top: middle - 8, right: x(bar.value), bottom: middle + 8))
      if let spread = bar.spread {
        let (low, high) = (x(spread.lowerBound), x(spread.upperBound))
        for (a, b) in [
          (ChartPlace(x: low, y: middle), ChartPlace(x: high, y: middle)),
          (ChartPlace(x: low, y: middle - 5), ChartPlace(x: low, y: middle + 5)),
          (ChartPlace(x: high, y: middle - 5), ChartPlace(x: high, y: middle + 5)),
        ] {
          canvas.rule(from: a, to: b, .axis)
        }
      }
      canvas.write(bar.name, at: ChartPlace(x: rows.left - 8, y: middle), .end)
      canvas.write(
        bar.note,
        at: ChartPlace(x: max(x(bar.value), x(bar.spread?.upperBound ?? 0)) + 8, y: middle),
        .start)
    }
  }
}
