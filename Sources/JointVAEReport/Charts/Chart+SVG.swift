import JointVAEFiles

extension Chart {
  /// The chart as an SVG file of its own, for light and dark pages, with a title and a description for screen readers.
  package var svg: String { document.markup + "\n" }

  private var document: HTML {
    let drawing = ChartLayout.drawing(of: self, .document)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(drawing.width) \(drawing.height)" \
      width="\(drawing.width)" height="\(drawing.height)" role="img" aria-labelledby="title description">
      <title id="title">\(title)</title>
      <desc id="description">\(summary)</desc>
      <style>
      \(Palette.documentStyle)
      </style>
      <rect width="100%" height="100%" class="ground"/>
      <g class="chart">
      \(drawing.svg)
      </g>
      </svg>
      """
  }
}

extension ChartDrawing {
  /// The marks as elements of SVG.
  var svg: HTML { HTML(marks.map(Self.element)) }

  private static func element(_ mark: Mark) -> HTML {
    switch mark {
    case .rule(let start, let end, let rule):
      return """
        <path class="\(rule.rawValue)" d="M\(start.x) \(start.y)L\(end.x) \(end.y)"/>
        """
    case .text(let text, let kind, let place, let anchor, let whole):
      let anchor: HTML = anchor == .start ? .empty : " text-anchor=\"\(anchor.rawValue)\""
      let whole: HTML = whole.map { "<title>\($0)</title>" } ?? .empty
      return """
        <text class="\(kind.rawValue)" x="\(place.x)" y="\(place.y)"\(anchor)>\(text)\(whole)</text>
        """
    case .curve(let pieces, let style):
      let lines = pieces.filter { $0.count > 1 }.map(Self.path).joined()
      let dots = pieces.filter { $0.count == 1 }.map { piece -> HTML in
        "<circle class=\"\(classes(style))\" cx=\"\(piece[0].x)\" cy=\"\(piece[0].y)\" r=\"3\"/>"
      }
      return lines.isEmpty
        ? HTML(dots) : HTML(["<path class=\"\(classes(style))\" d=\"\(lines)\"/>"] + dots)
    case .dot(let place, let color, let name):
      return """
        <circle class="\(classes(.color(color)))" cx="\(place.x)" cy="\(place.y)" r="4.5"><title>\(name)</title></circle>
        """
    case .bar(let box, let color):
      return """
        <rect class="bar of-\(Palette.stroke(.color(color)).color)" x="\(box.left)" y="\(box.top)" width="\(box.width)" height="\(box.height)"/>
        """
    }
  }

  /// The classes of the style sheet for a curve.
  static func classes(_ style: Chart.Style) -> String {
    let stroke = Palette.stroke(style)
    return (["line", "of-\(stroke.color)"] + [stroke.dashes].compactMap { $0 })
      .joined(separator: " ")
  }

  private static func path(_ places: [Place]) -> String {
    places.enumerated().map { index, place in
      (index == 0 ? "M" : "L") + NumberText.coordinate(place.x) + " "
        + NumberText.coordinate(place.y)
    }.joined()
  }
}
