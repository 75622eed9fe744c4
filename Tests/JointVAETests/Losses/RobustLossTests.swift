import Foundation
import JointVAE
import Testing

@Suite struct RobustLossTests {
  private func isClose(
    _ value: Double, _ expected: Double, _ tolerance: Double, or error: Double = 0
  ) -> Bool { abs(value - expected) <= max(tolerance * abs(expected), error) }

  @Test("The loss and its derivative are those of 50 digits, also beside 0, 2 and far below")
  func oracle() throws {
    let oracle = try RobustOracle()
    #expect(oracle.curves.count == 126)
    for expected in oracle.curves {
      let alpha = try #require(Double(expected.alpha))
      let curve = RobustLoss(alpha: alpha, scale: expected.c).curve(at: expected.x)
      #expect(
        isClose(curve.value, expected.value, 1e-13), "value of \(expected): \(curve.value)")
      #expect(
        isClose(curve.slope, expected.slope, 1e-13, or: 1e-15 / expected.c),
        "slope of \(expected): \(curve.slope)")
    }
  }

  @Test("The derivative by alpha is that of 50 digits, from Cauchy to Gauss")
  func shape() throws {
    for expected in try RobustOracle().shapes {
      let loss = RobustLoss(alpha: expected.alpha, scale: expected.c)
      let found = PowerLoss(loss).evaluateWithShape(expected.x)
      #expect(
        isClose(found.byAlpha, expected.byAlpha, 1e-9, or: 1e-18), "\(expected): \(found.byAlpha)")
      let curve = loss.curve(at: expected.x)
      #expect(found.value == curve.value && found.slope == curve.slope)
    }
  }

  @Test("The limits are the losses one knows by name")
  func limits() {
    for x in [-0.9, -0.1, 0, 0.03, 0.5, 1] {
      let z = (x / 0.5) * (x / 0.5)
      func value(_ alpha: Double) -> Double {
        RobustLoss(alpha: alpha, scale: 0.5).curve(at: x).value
      }
      #expect(value(2) == 0.5 * z)
      #expect(abs(value(1) - (sqrt(z + 1) - 1)) < 1e-15)
      #expect(abs(value(0) - log(0.5 * z + 1)) < 1e-15)
      #expect(abs(value(-2) - 2 * z / (z + 4)) < 1e-15)
      #expect(abs(value(-.infinity) - (1 - exp(-0.5 * z))) < 1e-15)
    }
  }

  @Test("log Z and its derivative are those of numerical integration, on knots and between")
  func partition() throws {
    for expected in try RobustOracle().partitions {
      let found = RobustLoss(alpha: expected.alpha, scale: 1).logNormalizer
      #expect(abs(found.value - expected.value) < 1e-9, "\(expected): \(found.value)")
      if let slope = expected.slope {
        #expect(abs(found.byAlpha - slope) < 1e-5 * abs(slope), "\(expected): \(found.byAlpha)")
      }
    }
    let normal = RobustLoss(alpha: 2, scale: 3).logNormalizer.value
    #expect(abs(normal - log(3) - 0.5 * log(2 * .pi)) < 1e-15)
  }

  @Test("log Z is smooth: its derivative is its differences', within pieces and across knots")
  func partitionIsSmooth() {
    for number in 1..<400 {
      let alpha = 2 * Double(number) / 400
      let h = 1e-6
      func value(_ alpha: Double) -> Double {
        RobustLoss(alpha: alpha, scale: 1).logNormalizer.value
      }
      let difference = (value(alpha + h) - value(alpha - h)) / (2 * h)
      let slope = RobustLoss(alpha: alpha, scale: 1).logNormalizer.byAlpha
      #expect(abs(difference - slope) < 1e-6, "alpha \(alpha): \(slope), expected \(difference)")
    }
  }

  @Test("Where there is no density, there is no number")
  func noDensity() {
    for alpha: Double in [-0.1, 2.1, .nan, -.infinity] {
      #expect(RobustLoss(alpha: alpha, scale: 1).logNormalizer.value.isNaN)
    }
  }

  @Test("Its JSON reads back to the last bit, minus infinity included")
  func json() throws {
    for alpha: Double in [-.infinity, -2.1, 0, 0.1, 2] {
      let loss = ReconstructionLoss.robust(RobustLoss(alpha: alpha, scale: 0.3))
      let bytes = try JSONEncoder().encode(loss)
      #expect(try JSONDecoder().decode(ReconstructionLoss.self, from: bytes) == loss)
    }
    let spoiled = Data(#"{"robust":{"_0":{"alpha":"flat","scale":"1"}}}"#.utf8)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ReconstructionLoss.self, from: spoiled)
    }
  }
}
