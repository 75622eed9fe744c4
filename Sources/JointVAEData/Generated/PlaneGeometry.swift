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

/// A point of the plane.
package struct Point: Equatable {
  package var x: Double
  package var y: Double

  package init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

/// Sine and cosine from additions and multiplications alone, so that a seed gives the same bytes
/// with every system's mathematics library.
package enum Angle {
  /// The sine and the cosine of `angle`, in radians from -4 pi to 4 pi, within 1e-14.
  package static func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
    // Taylor's series about 0 for an eighth of the angle, then the angle doubled three times.
    let small = angle / 8
    let square = small * small
    var sine = 0.0
    var cosine = 0.0
    for term in stride(from: 21.0, through: 1, by: -2) {
      sine = 1 - sine * square / ((term + 1) * (term + 2))
      cosine = 1 - cosine * square / (term * (term + 1))
    }
    sine *= small
    for _ in 0..<3 { (sine, cosine) = (2 * sine * cosine, cosine * cosine - sine * sine) }
    return (sine, cosine)
  }
}
