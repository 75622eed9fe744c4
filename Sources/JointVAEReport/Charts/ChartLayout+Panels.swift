import JointVAEFiles

extension ChartLayout {
  mutating func draw(
    _ curves: [Chart.Curve], _ vertical: Chart.Axis, in box: ChartDrawing.Box, _ across: ChartScale
  ) {
    let up = vertical.scale(of: curves.flatMap { $0.points.map(\.y) })
    write(vertical.label(on: up), .name, at: .init(x: format.edge, y: box.top - 10), .start)
    drawGrid(across, in: box)
    for tick in up.ticks {
      let y = box.y(up, tick.value)
      drawing.marks.append(
        .rule(
          .init(x: box.left, y: y), .init(x: box.right, y: y), tick.value == 0 ? .axis : .grid))
      write(tick.label, .tick, at: .init(x: box.left - 6, y: y + 4), .end)
    }
    for curve in curves {
      let pieces = curve.points.split { !$0.x.isFinite || !$0.y.isFinite }.flatMap { piece in
        box.clipped(piece.map { .init(x: box.x(across, $0.x), y: box.y(up, $0.y)) })
      }
      if !pieces.isEmpty { drawing.marks.append(.curve(pieces, curve.style)) }
    }
  }

  /// The height of a row.
  static let pitch = 40.0

  mutating func draw(_ rows: [Chart.Row], in box: ChartDrawing.Box, _ across: ChartScale) {
    drawGrid(across, in: box)
    for (index, row) in rows.enumerated() {
      let top = box.top + Self.pitch * Double(index)
      let middle = top + 28
      write("\(row.name): \(row.note)", .row, at: .init(x: box.left + 4, y: top + 15), .start)
      func x(_ value: Double) -> Double {
        min(max(value.isFinite ? box.x(across, value) : box.left, box.left), box.right)
      }
      if let bar = row.bar {
        let ends = [x(0), x(bar)]
        drawing.marks.append(
          .bar(
            .init(
              left: min(ends[0], ends[1]), top: middle - 6, right: max(ends[0], ends[1]),
              bottom: middle + 6), color: row.color))
      }
      if let spread = row.spread {
        let (low, high) = (x(spread.lowerBound), x(spread.upperBound))
        drawRule(low, middle, high, middle, .spread)
        for end in [low, high] { drawRule(end, middle - 4, end, middle + 4, .spread) }
      }
      if let mean = row.mean {
        drawRule(x(mean), middle - 8, x(mean), middle + 8, .mean)
      }
      for dot in row.dots where dot.value.isFinite {
        drawing.marks.append(
          .dot(
            .init(x: x(dot.value), y: middle), color: row.color,
            name: "\(dot.name): \(NumberText.short(dot.value))"))
      }
    }
  }

  private mutating func drawGrid(_ scale: ChartScale, in box: ChartDrawing.Box) {
    for tick in scale.ticks {
      let x = box.x(scale, tick.value)
      drawRule(x, box.top, x, box.bottom, tick.value == 0 ? .axis : .grid)
    }
  }

  private mutating func drawRule(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ rule: ChartDrawing.Rule
  ) {
    drawing.marks.append(.rule(.init(x: x0, y: y0), .init(x: x1, y: y1), rule))
  }
}
