import JointVAEMetrics
import Testing

@Suite("The Fréchet distance") struct FrechetDistanceTests {
  private func points(_ count: Int, _ value: (Int, Int) -> Double) -> [Float] {
    (0..<count).flatMap { i in (0..<19).map { Float(value(i, $0)) } }
  }

  @Test("Equal to scipy's, of a singular covariance as well")
  func oracle() throws {
    let samples = points(120) {
      Double(Oracle.noise($0, 160 + $1)) / 1009 * Double(1 + $0 % 3) / 2
    }
    for (name, last) in [("full", nil), ("flat", 0.5)] {
      let reference = try Oracle.numbers("frechet.\(name)")
      let real = points(150) { i, j in
        j == 18
          ? last ?? Double(Oracle.noise(i, 140 + j)) / 1009
          : Double(Oracle.noise(i, 140 + j)) / 1009
      }
      let distance = try FrechetDistance(real: real, samples: samples, width: 19)
      #expect(abs(distance.squared - (try #require(reference["squared"]))) < 1e-5, "\(name)")
      #expect(abs(distance.squaredOfMeans - (try #require(reference["means"]))) < 1e-5, "\(name)")
    }
  }

  @Test("Nothing between equal sets, a shift's square, and a scale's")
  func knownAnswers() throws {
    let real = points(60) { Double(Oracle.noise($0, $1)) / 1009 }
    let same = try FrechetDistance(real: real, samples: real, width: 19)
    #expect(same.squared < 1e-9 && same.squaredOfMeans == 0)
    let moved = try FrechetDistance(real: real, samples: real.map { $0 + 2 }, width: 19)
    #expect(abs(moved.squared - 4 * 19) < 1e-3)
    // With twice the deviation, tr(S + 4 S - 2 * 2 S) = tr(S) is left, beside the square of the means.
    let wide = try FrechetDistance(real: real, samples: real.map { 2 * $0 }, width: 19)
    let own = try FrechetDistance(real: real, samples: real.map { _ in 0 }, width: 19)
    #expect(abs(wide.squared - own.squared) < 1e-3)
  }

  @Test("Points that cannot be compared are refused")
  func badInput() throws {
    let real = points(10) { Double(Oracle.noise($0, $1)) }
    #expect(throws: MetricError.count(of: "samples", 1, expected: 2)) {
      try FrechetDistance(real: real, samples: Array(real.prefix(19)), width: 19)
    }
    #expect(throws: MetricError.self) {
      try FrechetDistance(real: real, samples: Array(real.dropLast()), width: 19)
    }
    #expect(throws: MetricError.self) {
      try FrechetDistance(real: real, samples: real.dropLast() + [.nan], width: 19)
    }
  }
}
