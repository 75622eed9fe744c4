import JointVAEFiles

extension PanelChart {
  /// The size of the picture of the chart, in pixels.
  package var size: (width: Int, height: Int) {
    (720, Int(top + Double(panels.count) * (Self.panelHeight + Self.panelGap)) + 30)
  }

  private static let left = 70.0
  private static let right = 700.0
  private static let panelHeight = 240.0
  private static let panelGap = 30.0
  private static let legendRow = 20.0

  /// Where the first panel begins: below title and legend.
  private var top: Double { 58 + Double(legendRows) * Self.legendRow }
  /// As many as the longest name leaves room for, at some 7 pixels a letter and 60 for the line.
  private var legendColumns: Int {
    let longest = (panels.first?.lines ?? []).map(\.name.count).max() ?? 0
    return min(max(Int((Self.right - Self.left) / (60 + 7 * Double(longest))), 1), 4)
  }
  private var legendRows: Int {
    ((panels.first?.lines.count ?? 0) + legendColumns - 1) / legendColumns
  }

  /// Draws title, legend, frames and curves.
  func draw(on canvas: inout some ChartCanvas) {
    canvas.write(title, at: ChartPlace(x: Self.left, y: 20), .start)
    let column = (Self.right - Self.left) / Double(legendColumns)
    for (number, line) in (panels.first?.lines ?? []).enumerated() {
      let x = Self.left + Double(number % legendColumns) * column
      let y = 46 + Double(number / legendColumns) * Self.legendRow
      canvas.curve(
        number, [[ChartPlace(x: x, y: y), ChartPlace(x: x + 34, y: y)]],
        inside: ChartRectangle(left: x, top: y - 9, right: x + 34, bottom: y + 9))
      canvas.write(line.name, at: ChartPlace(x: x + 42, y: y), .start)
    }
    for (index, panel) in panels.enumerated() {
      let y = top + Double(index) * (Self.panelHeight + Self.panelGap)
      draw(
        panel,
        in: ChartRectangle(
          left: Self.left, top: y + 18, right: Self.right, bottom: y + 18 + Self.panelHeight - 18),
        isLast: index == panels.count - 1, on: &canvas)
    }
  }

  private func draw(
    _ panel: Panel, in frame: ChartRectangle, isLast: Bool, on canvas: inout some ChartCanvas
  ) {
    func place(_ point: Point) -> ChartPlace {
      ChartPlace(
        x: frame.left + (point.x - range.lowerBound) / (range.upperBound - range.lowerBound)
          * (frame.right - frame.left),
        y: frame.bottom - (point.y - panel.range.lowerBound)
          / (panel.range.upperBound - panel.range.lowerBound) * (frame.bottom - frame.top))
    }
    canvas.write(panel.label, at: ChartPlace(x: frame.left, y: frame.top - 12), .start)
    for value in Self.ticks(range, about: 10) {
      let x = place(Point(x: value, y: 0)).x
      canvas.rule(
        from: ChartPlace(x: x, y: frame.top), to: ChartPlace(x: x, y: frame.bottom),
        value == 0 ? .axis : .grid)
      if isLast {
        canvas.write(
          NumberText.shortest(value), at: ChartPlace(x: x, y: frame.bottom + 14), .middle)
      }
    }
    for value in Self.ticks(panel.range, about: 5) {
      let y = place(Point(x: range.lowerBound, y: value)).y
      canvas.rule(
        from: ChartPlace(x: frame.left, y: y), to: ChartPlace(x: frame.right, y: y),
        value == 0 ? .axis : .grid)
      canvas.write(NumberText.shortest(value), at: ChartPlace(x: frame.left - 8, y: y), .end)
    }
    if isLast {
      canvas.write(
        label, at: ChartPlace(x: (frame.left + frame.right) / 2, y: frame.bottom + 34), .middle)
    }
    for (number, line) in panel.lines.enumerated() {
      let pieces = line.points.split { !$0.y.isFinite }.map { piece in
        piece.map { point in
          // Far outside of the frame a place is as good as any other there, and has fewer digits.
          let height = panel.range.upperBound - panel.range.lowerBound
          let y = min(
            max(point.y, panel.range.lowerBound - height), panel.range.upperBound + height)
          return place(Point(x: point.x, y: y))
        }
      }
      canvas.curve(number, pieces, inside: frame)
    }
  }
}
