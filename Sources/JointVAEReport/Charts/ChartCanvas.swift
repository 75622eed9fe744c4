/// What a chart is drawn on. Places count from the left upper corner, in pixels.
protocol ChartCanvas {
  /// Where a text's place is in it.
  typealias Anchor = ChartAnchor

  /// A straight line of the frame.
  mutating func rule(from start: ChartPlace, to end: ChartPlace, _ style: ChartRule)
  /// Writes a line of text whose vertical middle is at `place`.
  mutating func write(_ text: String, at place: ChartPlace, _ anchor: ChartAnchor)
  /// Draws pieces of curve `number`, cut to the rectangle.
  mutating func curve(_ number: Int, _ pieces: [[ChartPlace]], inside rectangle: ChartRectangle)
  /// Fills a rectangle with the colour of curve `number`.
  mutating func bar(_ number: Int, _ rectangle: ChartRectangle)
}

/// A place on a canvas.
struct ChartPlace: Hashable {
  var x: Double
  var y: Double
}

/// A rectangle on a canvas.
struct ChartRectangle: Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
}

/// Which part of a text is at its place.
enum ChartAnchor {
  case start, middle, end
}

/// The kinds of straight lines.
enum ChartRule {
  /// Between values, faint.
  case grid
  /// Along zero.
  case axis
}

/// Colours and dashes of curves: Okabe and Ito's palette, whose colours stay apart for all kinds of colour vision, and
/// dashes besides.
enum ChartPalette {
  /// Red, green, blue. On a dark ground the first, black, becomes a light gray.
  static let colors: [(red: UInt8, green: UInt8, blue: UInt8)] = [
    (0, 0, 0), (0, 114, 178), (213, 94, 0), (0, 158, 115), (204, 121, 167), (230, 159, 0),
    (86, 180, 233),
  ]
  /// Lengths of strokes and gaps in pixels; none for a solid line.
  static let dashes: [[Double]] = [[], [8, 4], [3, 3], [10, 3, 3, 3]]

  /// Colour and dashes of curve `number`; the dashes change only when the colours begin again.
  static func style(
    _ number: Int
  ) -> (color: Int, dashes: [Double]) {
    (number % colors.count, dashes[(number + number / colors.count) % dashes.count])
  }
}
