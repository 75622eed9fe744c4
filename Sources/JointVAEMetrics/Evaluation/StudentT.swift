import Foundation

/// Student's t distribution.
enum StudentT {
  /// The number that 97.5 % of the distribution lie below: half the width of a 95 % interval, in standard errors.
  ///
  /// - Parameter freedom: degrees of freedom, above 0; no whole number with Welch's approximation.
  static func bound(freedom: Double) -> Double {
    var (lower, upper) = (0.0, 2.0)
    while upperTail(upper, freedom) > 0.025 { (lower, upper) = (upper, 2 * upper) }
    // Each round halves the range: 60 leave nothing of it.
    for _ in 0..<60 {
      let middle = (lower + upper) / 2
      if upperTail(middle, freedom) > 0.025 { lower = middle } else { upper = middle }
    }
    return upper
  }

  /// P(T > t) for t of 0 or more: half the regularized incomplete beta function of nu / (nu + t^2), with nu / 2 and 1/2.
  static func upperTail(_ t: Double, _ freedom: Double) -> Double {
    incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
  }

  /// I_x(a, b), by its continued fraction (Abramowitz and Stegun 1964, 26.5.8), evaluated with the modified method of Lentz.
  private static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard x < 1 else { return 1 }
    // The fraction converges fast below the mean alone.
    guard x < (a + 1) / (a + b + 2) else { return 1 - incompleteBeta(1 - x, b, a) }
    let logarithm: Double = lgamma(a + b) - lgamma(a) - lgamma(b)
    let powers: Double = a * log(x) + b * log(1 - x)
    let front = exp(powers + logarithm) / a
    let tiny = 1e-300
    var (c, d) = (1.0, 1 - (a + b) * x / (a + 1))
    d = 1 / (abs(d) < tiny ? tiny : d)
    var fraction = d
    for step in 1...300 {
      let m = Double(step)
      let place: Double = a + 2 * m
      let even: Double = m * (b - m) * x / ((place - 1) * place)
      let odd: Double = -(a + m) * (a + b + m) * x / (place * (place + 1))
      var change = 1.0
      for term in [even, odd] {
        d = 1 + term * d
        d = 1 / (abs(d) < tiny ? tiny : d)
        c = 1 + term / c
        if abs(c) < tiny { c = tiny }
        change = d * c
        fraction *= change
      }
      if abs(change - 1) < 1e-15 { break }
    }
    return front * fraction
  }
}
