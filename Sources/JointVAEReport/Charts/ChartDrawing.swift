/// A chart that is laid out: marks at places, for a renderer. Places count from the upper left corner, in pixels.
struct ChartDrawing: Hashable {
  /// A place.
  struct Place: Hashable {
    var x: Double
    var y: Double
  }

  /// A rectangle.
  struct Box: Hashable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
  }

  /// Which part of a text is at its place.
  enum Anchor: String {
    case start, middle, end
  }

  /// The kinds of straight lines.
  enum Rule: String {
    /// At a tick.
    case grid
    /// Along zero.
    case axis
    /// Between the ends of a spread.
    case spread
    /// Across, at a mean.
    case mean
  }

  /// What a renderer draws.
  enum Mark: Hashable {
    /// A straight line.
    case rule(Place, Place, Rule)
    /// A line of text, its letters on `at`. `whole` is the text when not all of it is shown.
    case text(String, ChartText, at: Place, Anchor, whole: String?)
    /// Pieces of a line; a piece of one place is a dot.
    case curve([[Place]], Chart.Style)
    /// A dot with its name and value.
    case dot(Place, color: Int, name: String)
    /// A bar.
    case bar(Box, color: Int)
  }

  /// The places of the horizontal axis, for what follows the pointer.
  struct Ruler: Hashable {
    var scale: ChartScale
    var box: Box
  }

  /// Its size.
  var width: Double
  var height: Double
  /// In the order in which they are drawn.
  var marks: [Mark] = []
  /// The horizontal axis of the only panel of curves; nil when there is another panel.
  var ruler: Ruler?
}

extension ChartDrawing.Box {
  /// The pieces of a line that lie inside.
  func clipped(_ line: [ChartDrawing.Place]) -> [[ChartDrawing.Place]] {
    guard line.count > 1 else { return line.filter(contains).map { [$0] } }
    var pieces: [[ChartDrawing.Place]] = []
    for (start, end) in zip(line, line.dropFirst()) {
      guard let (from, to) = clipped(from: start, to: end) else { continue }
      if pieces.last?.last == from {
        pieces[pieces.count - 1].append(to)
      } else {
        pieces.append([from, to])
      }
    }
    return pieces
  }

  private func contains(_ place: ChartDrawing.Place) -> Bool {
    (left...right).contains(place.x) && (top...bottom).contains(place.y)
  }

  /// The part of a straight line that lies inside (Liang and Barsky, 1984).
  private func clipped(
    from start: ChartDrawing.Place, to end: ChartDrawing.Place
  ) -> (ChartDrawing.Place, ChartDrawing.Place)? {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    var (first, last) = (0.0, 1.0)
    for (change, room) in [
      (-dx, start.x - left), (dx, right - start.x), (-dy, start.y - top), (dy, bottom - start.y),
    ] {
      if change == 0 {
        if room < 0 { return nil }
      } else if change < 0 {
        first = max(first, room / change)
      } else {
        last = min(last, room / change)
      }
    }
    guard first <= last else { return nil }
    func place(_ share: Double) -> ChartDrawing.Place {
      ChartDrawing.Place(x: start.x + share * dx, y: start.y + share * dy)
    }
    return (first == 0 ? start : place(first), last == 1 ? end : place(last))
  }
}
