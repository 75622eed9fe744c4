import Foundation

/// The inverse of the standard normal distribution function, Phi^-1.
public enum NormalQuantile {
  /// The value below which a standard normal variable falls with `probability`, above 0 and below 1; precise to about 1e-15
  /// of its size.
  ///
  /// A rational approximation in the tails' variable `sqrt(-2 log p)` (Abramowitz and Stegun, 26.2.23, within 4.5e-4) starts
  /// Newton-Halley steps on `erfc`, each of which triples the number of exact digits.
  public static func value(at probability: Double) -> Double {
    precondition(probability > 0 && probability < 1)
    // The rounding of pi keeps the steps from meeting 0 exactly.
    if probability == 0.5 { return 0 }
    // The lower half, mirrored: erfc keeps its relative precision there.
    let tail = min(probability, 1 - probability)
    let t = (-2 * log(tail)).squareRoot()
    let numerator = 2.515517 + t * (0.802853 + t * 0.010328)
    let denominator = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var x = numerator / denominator - t
    for _ in 0..<3 {
      let error = 0.5 * erfc(-x / 2.0.squareRoot()) - tail
      let step = error * (2 * Double.pi).squareRoot() * exp(x * x / 2)
      x -= step / (1 + x * step / 2)
    }
    return probability < 0.5 ? x : -x
  }
}
