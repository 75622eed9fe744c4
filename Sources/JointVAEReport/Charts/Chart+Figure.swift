import JointVAEFiles

extension Chart {
  /// The chart as a figure of a page: drawing, legend with the last values, and a link to its numbers.
  ///
  /// The page's script moves a cursor over curves and writes the values there into the legend.
  /// - Parameter fileName: what the numbers are saved as.
  package func figure(fileName: String) -> HTML {
    let drawing = ChartLayout.drawing(of: self, .figure)
    return """
      <figure class="chart">
      <figcaption>\(title)</figcaption>
      <svg viewBox="0 0 \(drawing.width) \(drawing.height)" role="img" tabindex="0" \
      aria-label="\(title). \(summary)\(drawing.ruler == nil ? "" : " Arrow keys read the values.")"\(Self.ruler(drawing))>
      \(drawing.svg)\(Self.cursor(drawing))
      </svg>
      \(legend)
      <p class="tools">\(remark) <a download="\(fileName)" href="\(DataURI(csv: commaSeparatedValues))" aria-label="Numbers of \(title) as CSV">CSV</a></p>
      </figure>
      """
  }

  private var legend: HTML {
    guard !curves.isEmpty else { return .empty }
    let items = curves.map { curve -> HTML in
      let last = curve.points.last.map { NumberText.short($0.y) } ?? "no values"
      return """
        <li><svg class="swatch" viewBox="0 0 22 8" aria-hidden="true"><path class="\(ChartDrawing.classes(curve.style))" d="M1 4H21"/></svg>\
        <span><bdi>\(curve.name)</bdi> <b class="value" data-last="\(last)">\(last)</b></span></li>
        """
    }
    return "<ul class=\"legend\">\(items)</ul>"
  }

  /// What the legend's values are, or what the marks mean.
  private var remark: HTML {
    curves.isEmpty
      ? "<span>\(note ?? "")</span>" : "<output aria-live=\"polite\">last values</output>"
  }

  /// The ends of the horizontal axis in its own units, and in the drawing's.
  private static func ruler(_ drawing: ChartDrawing) -> HTML {
    guard let ruler = drawing.ruler else { return .empty }
    let ends = [ruler.scale.domain.lowerBound, ruler.scale.domain.upperBound].map(NumberText.exact)
    return " data-axis=\"\(ends[0]) \(ends[1]) \(ruler.box.left) \(ruler.box.right)\""
  }

  private static func cursor(_ drawing: ChartDrawing) -> HTML {
    guard let box = drawing.ruler?.box else { return .empty }
    return """

      <path class="cursor" d="M0 \(box.top)V\(box.bottom)" visibility="hidden"/>
      """
  }
}
