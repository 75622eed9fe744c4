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
