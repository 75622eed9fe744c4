extension ChartLayout {
  /// Where all panels begin and end, so that labels have room at both ends.
  var margins: (left: Double, right: Double) {
    var (left, right) = (12.0, 10.0)
    for panel in chart.panels {
      let half = (Self.widest(ticks(of: panel)) / 2 + format.edge).rounded(.up)
      (left, right) = (max(left, half), max(right, half))
      if case .curves(let curves, let vertical) = panel.content {
        let labels = Self.widest(vertical.scale(of: curves.flatMap { $0.points.map(\.y) }))
        left = max(left, (labels + 6 + format.edge).rounded(.up))
      }
    }
    return (left, format.width - right)
  }

  private static func widest(_ scale: ChartScale) -> Double {
    scale.ticks.map { ChartText.tick.width(of: $0.label) }.max() ?? 0
  }

  /// The scale of a panel's horizontal axis, with as many ticks as there is room for.
  func ticks(of panel: Chart.Panel) -> ChartScale {
    let values =
      switch panel.content {
      case .curves(let curves, _): curves.flatMap { $0.points.map(\.x) }
      case .rows(let rows): rows.flatMap(\.values)
      }
    // What the margins may take at most is left out.
    let room = format.width - 90 - 2 * format.edge
    let scales = stride(from: format.tickCount, through: 1, by: -1).lazy.map {
      panel.horizontal.scale(of: values, about: $0)
    }
    let fitting = scales.first { scale in
      zip(scale.ticks, scale.ticks.dropFirst()).allSatisfy { first, second in
        let distance = (scale.share(of: second.value) - scale.share(of: first.value)) * room
        let widths = [first, second].map { ChartText.tick.width(of: $0.label) }
        return distance >= (widths[0] + widths[1]) / 2 + 6
      }
    }
    return fitting ?? panel.horizontal.scale(of: values, about: 1)
  }

  /// Writes the numbers below a panel, and the axis's name.
  mutating func drawAxis(
    _ axis: Chart.Axis, _ scale: ChartScale, in box: ChartDrawing.Box
  ) {
    for tick in scale.ticks {
      write(
        tick.label, .tick, at: .init(x: box.x(scale, tick.value), y: box.bottom + 16), .middle)
    }
    write(
      axis.label(on: scale), .name, at: .init(x: drawing.width / 2, y: box.bottom + 33), .middle)
    y = box.bottom + 34
  }
}

extension Chart.Axis {
  /// The axis's name and unit, and whether it is logarithmic.
  func label(on scale: ChartScale) -> String {
    label + (scale.isLogarithmic ? ", logarithmic" : "")
  }
}

extension ChartDrawing.Box {
  /// The place of a value along the horizontal axis.
  func x(_ scale: ChartScale, _ value: Double) -> Double {
    left + width * scale.share(of: value)
  }

  /// The place of a value along the vertical axis.
  func y(_ scale: ChartScale, _ value: Double) -> Double {
    bottom - height * scale.share(of: value)
  }
}
