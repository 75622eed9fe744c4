/// Finds a place for everything in a chart: no text leaves the drawing, and no two labels of an axis touch.
struct ChartLayout {
  /// What a chart is drawn for.
  enum Format {
    /// A figure of a page, which has a caption and a legend of its own.
    case figure
    /// A file, which has to hold everything.
    case document

    var width: Double { self == .figure ? 360 : 720 }
    /// The height of a panel of curves.
    var plotHeight: Double { self == .figure ? 180 : 220 }
    /// Pixels between the drawing's edge and what is in it.
    var edge: Double { self == .figure ? 2 : 12 }
    /// Ticks below a panel.
    var tickCount: Int { self == .figure ? 5 : 10 }
  }

  let chart: Chart
  let format: Format
  var drawing: ChartDrawing
  /// Where the next line begins.
  var y = 0.0

  /// The drawing of `chart` in a format.
  static func drawing(of chart: Chart, _ format: Format) -> ChartDrawing {
    var layout = ChartLayout(chart, format)
    layout.draw()
    return layout.drawing
  }

  private init(_ chart: Chart, _ format: Format) {
    self.chart = chart
    self.format = format
    drawing = ChartDrawing(width: format.width, height: 0)
  }

  private mutating func draw() {
    if format == .document { drawHead() }
    let margins = margins
    for (index, panel) in chart.panels.enumerated() {
      let next = index + 1 < chart.panels.count ? chart.panels[index + 1] : nil
      switch panel.content {
      case .curves(let curves, let vertical):
        let across = ticks(of: panel)
        let box = ChartDrawing.Box(
          left: margins.left, top: y + 24, right: margins.right,
          bottom: y + 24 + format.plotHeight)
        draw(curves, vertical, in: box, across)
        if chart.panels.count == 1 { drawing.ruler = .init(scale: across, box: box) }
        y = box.bottom
        if next?.horizontal != panel.horizontal { drawAxis(panel.horizontal, across, in: box) }
      case .rows(let rows):
        let across = ticks(of: panel)
        let box = ChartDrawing.Box(
          left: margins.left, top: y + 4, right: margins.right,
          bottom: y + 4 + Self.pitch * Double(rows.count) + 4)
        draw(rows, in: box, across)
        y = box.bottom
        drawAxis(panel.horizontal, across, in: box)
      }
      y += next == nil ? 6 : 14
    }
    if format == .document, let note = chart.note {
      write(note, .name, at: .init(x: drawing.width / 2, y: y + 12), .middle)
      y += 20
    }
    drawing.height = y.rounded(.up)
  }

  /// Writes a line of text, or as much of it as there is room for.
  mutating func write(
    _ text: String, _ kind: ChartText, at place: ChartDrawing.Place, _ anchor: ChartDrawing.Anchor
  ) {
    let (before, after) = (place.x - format.edge, drawing.width - format.edge - place.x)
    let room =
      switch anchor {
      case .start: after
      case .middle: 2 * min(before, after)
      case .end: before
      }
    write(text, kind, at: place, anchor, room: room)
  }

  private mutating func write(
    _ text: String, _ kind: ChartText, at place: ChartDrawing.Place, _ anchor: ChartDrawing.Anchor,
    room: Double
  ) {
    let shown = kind.fitted(text, room: room)
    drawing.marks.append(
      .text(shown, kind, at: place, anchor, whole: shown == text ? nil : text))
  }

  // MARK: Title and legend

  private mutating func drawHead() {
    write(chart.title, .title, at: .init(x: format.edge, y: 22), .start)
    y = 34
    let curves = chart.curves
    guard !curves.isEmpty else { return }
    let (line, gap) = (34.0, 8.0)
    let room = format.width - 2 * format.edge
    let longest = curves.map { ChartText.row.width(of: $0.name) }.max() ?? 0
    let columns = max(1, min(4, Int(room / (line + 3 * gap + longest))))
    let width = room / Double(columns)
    for (index, curve) in curves.enumerated() {
      let x = format.edge + Double(index % columns) * room / Double(columns)
      let middle = y + 8 + Double(index / columns) * 20
      drawing.marks.append(
        .curve([[.init(x: x, y: middle), .init(x: x + line, y: middle)]], curve.style))
      write(
        curve.name, .row, at: .init(x: x + line + gap, y: middle + 4.5), .start,
        room: width - line - 2 * gap)
    }
    y += Double((curves.count + columns - 1) / columns) * 20 + 8
  }
}
