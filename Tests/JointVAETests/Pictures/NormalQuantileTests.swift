import JointVAE
import Testing

struct NormalQuantileTests {
  /// Values of Phi^-1 from tables with 15 digits.
  static let known: [(probability: Double, value: Double)] = [
    (0.5, 0), (0.75, 0.674489750196082), (0.9, 1.2815515655446), (0.95, 1.64485362695147),
    (0.975, 1.95996398454005), (0.999, 3.09023230616781), (1e-6, -4.75342430882290),
    (1e-12, -7.03448382530113), (1e-300, -37.0470962993612),
  ]

  @Test("Quantiles equal the tables", arguments: known)
  func tables(probability: Double, value: Double) {
    let found = NormalQuantile.value(at: probability)
    #expect(abs(found - value) <= 1e-13 * max(1, abs(value)))
  }

  @Test("The quantiles of p and 1 - p are opposite")
  func symmetry() {
    for percent in 1..<50 {
      let low = NormalQuantile.value(at: Double(percent) / 100)
      let high = NormalQuantile.value(at: 1 - Double(percent) / 100)
      #expect(abs(low + high) < 1e-14)
    }
  }
}
