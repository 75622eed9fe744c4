/// The way a pen takes to write a character.
///
/// Written down in a box of 100 by 100, x to the right and y down. The pen is lifted between
/// strokes; a stroke is made of runs, each of which goes on where the one before it ended, with a
/// corner between them.
package struct GlyphSkeleton: Sendable {
  /// A part of a stroke.
  struct Run {
    /// How the pen gets from one knot to the next.
    enum Path {
      /// Straight.
      case line
      /// In a smooth curve through all of them.
      case curve
      /// In a smooth curve through all of them and back to the first.
      case loop
    }

    var path: Path
    /// Points the pen passes through. A run that goes on begins at the last of the one before it.
    var knots: [Point]

    static func line(_ knots: (Double, Double)...) -> Run { Run(.line, knots) }
    static func curve(_ knots: (Double, Double)...) -> Run { Run(.curve, knots) }
    static func loop(_ knots: (Double, Double)...) -> Run { Run(.loop, knots) }

    private init(_ path: Path, _ knots: [(Double, Double)]) {
      self.path = path
      self.knots = knots.map { Point(x: $0.0, y: $0.1) }
    }
  }

  /// From the first to the last.
  var strokes: [[Run]]

  init(_ strokes: [Run]...) {
    self.strokes = strokes
  }

  /// The strokes as lines from point to point, in the box, after `move` moved every knot.
  func lines(moving move: (Point) -> Point) -> [[Point]] {
    strokes.map { runs in
      var line: [Point] = []
      for run in runs {
        let start = line.popLast().map { [$0] } ?? []
        let knots = start + run.knots.map(move)
        switch run.path {
        case .line: line += knots
        case .curve: line += Self.curve(through: knots, isClosed: false)
        case .loop: line += Self.curve(through: knots, isClosed: true)
        }
      }
      return line
    }
  }

  /// Lines per piece of a curve between two knots: the chords of a full circle of 8 knots then stay
  /// within a 400th of its radius.
  private static let linesPerPiece = 6

  /// A curve through `knots`, smooth in each of them: between two knots a cubic, whose direction at
  /// a knot is that from the knot before it to the one after it (Catmull and Rom 1974).
  private static func curve(through knots: [Point], isClosed: Bool) -> [Point] {
    guard let first = knots.first, let last = knots.last, knots.count > 1 else { return knots }
    func knot(_ index: Int) -> Point {
      if isClosed { return knots[(index + knots.count) % knots.count] }
      // An open curve ends as if it went on beyond its ends by as much as their last piece.
      if index < 0 { return Point(x: 2 * first.x - knots[1].x, y: 2 * first.y - knots[1].y) }
      if index < knots.count { return knots[index] }
      let before = knots[knots.count - 2]
      return Point(x: 2 * last.x - before.x, y: 2 * last.y - before.y)
    }
    var points: [Point] = []
    for piece in 0..<(isClosed ? knots.count : knots.count - 1) {
      let (before, start) = (knot(piece - 1), knot(piece))
      let (end, after) = (knot(piece + 1), knot(piece + 2))
      let curve = BezierCurve(
        start: start,
        firstControl: Point(
          x: start.x + (end.x - before.x) / 6, y: start.y + (end.y - before.y) / 6),
        secondControl: Point(
          x: end.x - (after.x - start.x) / 6, y: end.y - (after.y - start.y) / 6),
        end: end)
      points += curve.points(count: linesPerPiece)
    }
    return points + [isClosed ? first : last]
  }
}
