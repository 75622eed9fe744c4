import Foundation
import JointVAEFiles

extension PanelChart {
  /// The chart as SVG: self-contained, with a title and a description for screen readers, for light and dark pages.
  package var svg: String {
    var canvas = SVGCanvas()
    draw(on: &canvas)
    let names = (panels.first?.lines ?? []).map(\.name).joined(separator: ", ")
    return canvas.document(
      title: title, description: "Lines over \(label): \(names).", size: size)
  }

  /// Writes the chart to a file that ends in .svg or .png, whole or not at all.
  /// - Throws: `FileError`.
  package func write(to path: String) throws {
    if path.lowercased().hasSuffix(".svg") {
      try AtomicFile.write(svg, to: path)
    } else {
      try image().writePNG(to: path)
    }
  }
}

/// Collects the elements of an SVG file.
struct SVGCanvas: ChartCanvas {
  private(set) var elements: [String] = []
  private var clips: [ChartRectangle] = []

  mutating func rule(from start: ChartPlace, to end: ChartPlace, _ style: ChartRule) {
    let name = style == .grid ? "grid" : "axis"
    elements.append(
      "<line class=\"\(name)\" x1=\"\(NumberText.coordinate(start.x))\" y1=\"\(NumberText.coordinate(start.y))\" "
        + "x2=\"\(NumberText.coordinate(end.x))\" y2=\"\(NumberText.coordinate(end.y))\"/>")
  }

  mutating func write(_ text: String, at place: ChartPlace, _ anchor: ChartAnchor) {
    let attribute =
      switch anchor {
      case .start: ""
      case .middle: " text-anchor=\"middle\""
      case .end: " text-anchor=\"end\""
      }
    // The baseline of 13-pixel letters is some 4 pixels below their middle.
    elements.append(
      "<text x=\"\(NumberText.coordinate(place.x))\" y=\"\(NumberText.coordinate(place.y + 4.5))\"\(attribute)>"
        + "\(Self.escaped(text))</text>")
  }

  mutating func curve(_ number: Int, _ pieces: [[ChartPlace]], inside rectangle: ChartRectangle) {
    let (color, dashes) = ChartPalette.style(number)
    let clip = clip(rectangle)
    let dashText =
      dashes.isEmpty
      ? "" : " stroke-dasharray=\"\(dashes.map(NumberText.coordinate).joined(separator: " "))\""
    for piece in pieces {
      let points = piece.map { "\(NumberText.coordinate($0.x)),\(NumberText.coordinate($0.y))" }
      elements.append(
        "<polyline class=\"c\(color)\"\(dashText) clip-path=\"url(#\(clip))\" "
          + "points=\"\(points.joined(separator: " "))\"/>")
    }
  }

  mutating func bar(_ number: Int, _ rectangle: ChartRectangle) {
    // A line as wide as the bar is high: its colour is a stroke's, as that of curves is.
    let middle = NumberText.coordinate((rectangle.top + rectangle.bottom) / 2)
    elements.append(
      "<line class=\"c\(ChartPalette.style(number).color)\" x1=\"\(NumberText.coordinate(rectangle.left))\" "
        + "y1=\"\(middle)\" x2=\"\(NumberText.coordinate(rectangle.right))\" y2=\"\(middle)\" "
        + "stroke-width=\"\(NumberText.coordinate(rectangle.bottom - rectangle.top))\"/>")
  }

  /// The whole file: self-contained, with a title and a description for screen readers, for light and dark pages.
  func document(title: String, description: String, size: (width: Int, height: Int)) -> String {
    let (width, height) = size
    return """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(width) \(height)" width="\(width)" \
      height="\(height)" role="img" aria-labelledby="title description">
      <title id="title">\(Self.escaped(title))</title>
      <desc id="description">\(Self.escaped(description))</desc>
      \(Self.style)
      <rect width="\(width)" height="\(height)" class="ground"/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  private static var style: String {
    let strokes = ChartPalette.colors.enumerated().map { number, color in
      String(format: ".c%d{stroke:#%02x%02x%02x}", number, color.red, color.green, color.blue)
    }
    return """
      <style>
      text{font:13px system-ui,sans-serif;fill:#222}
      .ground{fill:#fff}.grid{stroke:#e2e2e2}.axis{stroke:#888}
      polyline{fill:none;stroke-width:2;stroke-linejoin:round}
      \(strokes.joined())
      @media (prefers-color-scheme:dark){text{fill:#ddd}.ground{fill:#161616}.grid{stroke:#333}\
      .axis{stroke:#888}.c0{stroke:#e8e8e8}.c1{stroke:#3d9bd9}}
      </style>
      """
  }

  /// The name of a clipping path, which is added when it is new.
  private mutating func clip(_ rectangle: ChartRectangle) -> String {
    if let index = clips.firstIndex(of: rectangle) { return "clip\(index)" }
    clips.append(rectangle)
    let name = "clip\(clips.count - 1)"
    elements.append(
      "<clipPath id=\"\(name)\"><rect x=\"\(NumberText.coordinate(rectangle.left))\" "
        + "y=\"\(NumberText.coordinate(rectangle.top))\" "
        + "width=\"\(NumberText.coordinate(rectangle.right - rectangle.left))\" "
        + "height=\"\(NumberText.coordinate(rectangle.bottom - rectangle.top))\"/></clipPath>")
    return name
  }

  /// Text as it may stand in an element.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
