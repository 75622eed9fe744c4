import JointVAEFiles

extension LineChart {
  /// The chart in its figure: drawing, legend with the last values, and a link to its numbers.
  ///
  /// The page's script moves a cursor over it and writes the values there into the legend.
  /// - Parameter fileName: what the numbers are saved as.
  package func figure(fileName: String) -> HTML {
    let legend = series.map { curve -> HTML in
      let last = curve.points.last.map { NumberText.short($0.y) } ?? "no values"
      return """
        <li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><path class="\(Self.names(curve.style))" d="M1 4H21"/></svg>\
        <span><bdi>\(curve.name)</bdi> <b class="value" data-last="\(last)">\(last)</b></span></li>
        """
    }
    return """
      <figure class="chart">
      <figcaption>\(title)</figcaption>
      \(drawing)
      <ul class="legend">\(legend)</ul>
      <p class="tools"><output aria-live="polite">last values</output> <a download="\(fileName)" href="\(DataURI(csv: commaSeparatedValues))" aria-label="Numbers of \(title) as CSV">CSV</a></p>
      </figure>
      """
  }

  private var drawing: HTML {
    let frame = ChartFrame()
    let (across, up) = (horizontalScale, verticalScale)
    let curves = series.map { curve -> HTML in
      let places = curve.points.map { (frame.x(across, $0.x), frame.y(up, $0.y)) }
      if let only = places.first, places.count == 1 {
        return
          "<circle class=\"\(Self.names(curve.style))\" cx=\"\(only.0)\" cy=\"\(only.1)\" r=\"3\"/>"
      }
      return "<path class=\"\(Self.names(curve.style))\" d=\"\(Self.path(places))\"/>"
    }
    return """
      <svg viewBox="0 0 \(frame.width) \(frame.height)" role="img" tabindex="0" aria-label="\(title). \(summary) Arrow keys read the values." \
      data-axis="\(NumberText.exact(across.domain.lowerBound)) \(NumberText.exact(across.domain.upperBound)) \(frame.left) \(frame.right)">
      \(frame.horizontalAxis(across, label: horizontal.label))
      \(frame.verticalAxis(up, label: vertical.label))
      \(curves)
      <path class="cursor" d="M0 \(frame.top)V\(frame.bottom)" visibility="hidden"/>
      </svg>
      """
  }

  /// The classes of the style sheet for `style`.
  static func names(_ style: Style) -> String {
    switch style {
    case .color(let index):
      let count = ReportPalette.seriesCount
      return "line s\(index % count)" + (index < count ? "" : " dash\(1 + index / count % 3)")
    case .limit(let index):
      return "line limit" + (index.map { " s\($0 % ReportPalette.seriesCount)" } ?? "")
    case .muted: return "line muted"
    }
  }

  private static func path(_ places: [(Double, Double)]) -> String {
    places.enumerated().map { index, place in
      (index == 0 ? "M" : "L") + NumberText.coordinate(place.0) + " "
        + NumberText.coordinate(place.1)
    }.joined()
  }
}

/// The room of a drawing, in its own units, and its axes.
struct ChartFrame {
  var width = 400.0
  var height = 250.0
  var left = 48.0
  var top = 28.0
  /// Room at the right and below.
  var rightMargin = 14.0
  var bottomMargin = 38.0

  var right: Double { width - rightMargin }
  var bottom: Double { height - bottomMargin }

  func x(_ scale: ChartScale, _ value: Double) -> Double {
    left + (right - left) * scale.share(of: value)
  }

  func y(_ scale: ChartScale, _ value: Double) -> Double {
    bottom - (bottom - top) * scale.share(of: value)
  }

  /// Ticks below with their numbers, and the axis's name.
  func horizontalAxis(_ scale: ChartScale, label: String) -> HTML {
    let ticks = scale.ticks.map { tick -> HTML in
      let x = x(scale, tick.value)
      return """
        <path class="grid" d="M\(x) \(top)V\(bottom)"/><text x="\(x)" y="\(bottom + 16)" text-anchor="middle">\(tick.label)</text>
        """
    }
    return """
      \(ticks)<text class="name" x="\((left + right) / 2)" y="\(height - 4)" text-anchor="middle">\(label)</text>
      """
  }

  /// Ticks at the left with their numbers, and the axis's name above them.
  func verticalAxis(_ scale: ChartScale, label: String) -> HTML {
    let label = label + (scale.isLogarithmic ? ", logarithmic" : "")
    return HTML(
      ["<text class=\"name\" x=\"2\" y=\"14\">\(label)</text>"]
        + scale.ticks.map { tick in
          let y = y(scale, tick.value)
          return """
            <path class="grid" d="M\(left) \(y)H\(right)"/><text x="\(left - 6)" y="\(y + 4)" text-anchor="end">\(tick.label)</text>
            """
        })
  }
}
