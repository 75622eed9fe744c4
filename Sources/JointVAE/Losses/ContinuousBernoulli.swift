import CLibrary

/// The continuous Bernoulli density on 0 to 1 (Loaiza-Ganem and Cunningham 2019, equation 6), by its logit eta:
/// `-log p(x) = A(eta) - eta x` with `A(eta) = log((e^eta - 1) / eta)`.
///
/// It is cross-entropy with the constant that makes the density of a gray value integrate to 1.
enum ContinuousBernoulli {
  /// The negative logarithm of the density at `x`, and its derivative by eta.
  @inline(__always)
  static func evaluate(logit eta: Double, _ x: Double) -> (value: Double, slope: Double) {
    let size = abs(eta)
    let normalizer: Double
    var mean: Double
    if size < 0.02 {
      // The series of log((1 - e^-s) / s) and of the mean for eta = s; the closed forms cancel there.
      normalizer = -size / 2 + size * size / 24 * (1 - size * size / 120)
      mean = 0.5 + size / 12 * (1 - size * size / 60)
    } else {
      normalizer = log(-expm1(-size) / size)
      mean = -1 / expm1(-size) - 1 / size
    }
    if eta < 0 { mean = 1 - mean }
    return (max(eta, 0) + normalizer - eta * x, mean - x)
  }
}

extension LogitRow {
  /// The sum of the continuous Bernoulli's negative logarithms.
  func applyContinuousBernoulli() -> Double {
    var sum = 0.0
    for i in 0..<count {
      let (value, slope) = ContinuousBernoulli.evaluate(
        logit: Double(logits[i]), Double(targets[i]) / 255)
      sum += value
      logits[i] = Float(slope) * scale
    }
    return sum
  }
}
