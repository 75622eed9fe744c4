/// A cubic Bézier curve in the plane.
struct BezierCurve {
  /// Where it begins.
  var start: Point
  /// Where it heads for at its beginning.
  var firstControl: Point
  /// Where it comes from at its end.
  var secondControl: Point
  /// Where it ends.
  var end: Point

  /// The point at `t`, from 0 at the start to 1 at the end.
  func point(at t: Double) -> Point {
    let rest = 1 - t
    let weights = (rest * rest * rest, 3 * rest * rest * t, 3 * rest * t * t, t * t * t)
    return Point(
      x: weights.0 * start.x + weights.1 * firstControl.x + weights.2 * secondControl.x
        + weights.3 * end.x,
      y: weights.0 * start.y + weights.1 * firstControl.y + weights.2 * secondControl.y
        + weights.3 * end.y)
  }

  /// `count` points at equal steps of `t` from the start on; without the end, where the next curve
  /// starts.
  func points(count: Int) -> [Point] {
    (0..<count).map { point(at: Double($0) / Double(count)) }
  }
}
