import JointVAEReport
import Testing

@Suite("The scale of an axis") struct ChartScaleTests {
  private func labels(_ scale: ChartScale) -> [String] { scale.ticks.map(\.label) }

  @Test("marks round numbers around the values")
  func linearTicks() {
    #expect(labels(ChartScale([0.3, 9.3], includesZero: true)) == ["0", "2", "4", "6", "8", "10"])
    #expect(labels(ChartScale([0.21, 0.34])) == ["0.20", "0.25", "0.30", "0.35"])
    #expect(labels(ChartScale([1, 1200], extends: false)) == ["500", "1,000"])
    #expect(ChartScale([1, 1200], extends: false).domain == 1...1200)
    #expect(labels(ChartScale([-75.2, -60.4])) == ["-80", "-75", "-70", "-65", "-60"])
  }

  @Test("has about as many intervals as asked for, and loses no tick to rounding")
  func counts() {
    #expect(
      labels(ChartScale([-1, 1], extends: false, about: 10)) == [
        "-1.0", "-0.8", "-0.6", "-0.4", "-0.2", "0.0", "0.2", "0.4", "0.6", "0.8", "1.0",
      ])
    #expect(
      labels(ChartScale([0, 0.3], extends: false, about: 3)) == ["0.0", "0.1", "0.2", "0.3"])
    #expect(labels(ChartScale([0, 10_000], extends: false, about: 2)) == ["0", "5,000", "10,000"])
    #expect(labels(ChartScale([0, 0.7], about: 7)).last == "0.7")
  }

  @Test("is logarithmic for positive values that differ by a factor of five")
  func logarithmicTicks() {
    let scale = ChartScale([699, 132], allowsLogarithm: true)
    #expect(scale.isLogarithmic)
    #expect(labels(scale) == ["100", "200", "500", "1,000"])
    #expect(abs(scale.share(of: 316.227766) - 0.5) < 1e-6)
    #expect(labels(ChartScale([0.02, 90_000], allowsLogarithm: true)).first == "0.01")
    #expect(!ChartScale([699, 150], allowsLogarithm: true).isLogarithmic)
    #expect(!ChartScale([0, 150], allowsLogarithm: true).isLogarithmic)
    #expect(!ChartScale([699, 1]).isLogarithmic)
  }

  private static let unusualValues: [[Double]] = [
    [], [5], [0, 0], [-3, -3], [1e15, -1e15], [1e15, 1e15], [1e-300, 2e-300],
    [.nan, .infinity, 2], [0, .leastNonzeroMagnitude], [.leastNonzeroMagnitude, 1], [1e-9, 1e15],
    [-1e-20, 1e-20], [1, 1 + 1e-15], [0.1, 0.3], [0.31, 0.32], [3, 4.999], [1e-9, 1.1e-8],
    [1e308, -1e308, 1],
  ]

  @Test("holds its ticks and all values, whatever they are", arguments: unusualValues)
  func anyValues(values: [Double]) {
    for includesZero in [false, true] {
      for extends in [false, true] {
        for count in [1, 2, 5, 10] {
          let scale = ChartScale(
            values, includesZero: includesZero, allowsLogarithm: true, extends: extends,
            about: count)
          #expect(scale.domain.lowerBound < scale.domain.upperBound)
          #expect(scale.ticks.count <= 21)
          #expect(scale.ticks.allSatisfy { scale.domain.contains($0.value) })
          for value in values where abs(value) <= 1e15 {
            #expect((-1e-6...1 + 1e-6).contains(scale.share(of: value)), "\(value)")
          }
        }
      }
    }
  }
}
