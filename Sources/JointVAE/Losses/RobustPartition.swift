import CLibrary

/// `log Z(alpha)`, what normalizes the density `exp(-rho(x, alpha, 1)) / Z(alpha)` (Barron 2019, equation 17).
///
/// Cubic pieces with the exact values and slopes of a table: continuous with its derivative, and within 1e-9 of the
/// integral.
enum RobustPartition {
  /// Where Z is finite and tabulated.
  static let alphas = 0.0...2.0

  /// `log Z(alpha)` and its derivative, which no table has at alpha = 0 and 2; not numbers outside of `alphas`.
  static func logarithm(_ alpha: Double) -> (value: Double, slope: Double) {
    guard alphas.contains(alpha) else { return (.nan, .nan) }
    // alpha = 2 s^4 / (s^4 + (1 - s)^4): even steps of s are ever smaller ones of alpha towards both ends, where Z bends.
    let root = (alpha / (2 - alpha)).squareRoot().squareRoot()
    let s = alpha == 2 ? 1 : root / (1 + root)
    let intervals = knots.count - 1
    let place = s * Double(intervals)
    let index = min(Int(place), intervals - 1)
    let u = place - Double(index)
    let (left, right) = (knots[index], knots[index + 1])
    let (leftSlope, rightSlope) = (
      left.slope / Double(intervals), right.slope / Double(intervals)
    )
    // Hermite's cubic in Horner's form.
    let rise = right.value - left.value
    let a = leftSlope + rightSlope - 2 * rise
    let b = 3 * rise - 2 * leftSlope - rightSlope
    let value = left.value + u * (leftSlope + u * (b + u * a))
    let byPlace = leftSlope + u * (2 * b + u * 3 * a)
    let product = s * (1 - s)
    let total = (s * s * s * s) + (1 - s) * (1 - s) * (1 - s) * (1 - s)
    let alphaByS = 8 * product * product * product / (total * total)
    return (value, byPlace * Double(intervals) / alphaByS)
  }
}
