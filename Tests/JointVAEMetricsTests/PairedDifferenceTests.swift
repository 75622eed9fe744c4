import JointVAEMetrics
import Testing

@Suite("Differences over the same seeds") struct PairedDifferenceTests {
  @Test("What all seeds agree on is clear, however much seeds differ")
  func clear() throws {
    let baseline = [0.1, 0.9, 0.3, 0.5, 0.7]
    let difference = try #require(
      PairedDifference(zip(baseline, [0.11, 0.1, 0.09, 0.1, 0.1]).map { $0 + $1 }, from: baseline))
    #expect(abs(difference.mean - 0.1) < 1e-12 && difference.count == 5)
    let interval = try #require(difference.interval)
    #expect(interval.contains(0.1) && interval.lowerBound > 0.09 && interval.upperBound < 0.11)
    #expect(difference.isClear == true)
  }

  @Test("Differences of both signs are not")
  func unclear() throws {
    let difference = try #require(
      PairedDifference([1, 2, 3, 4, 5, 6], from: [2, 1, 4, 3, 6, 5.5]))
    #expect(difference.isClear == false)
  }

  @Test("Equal values differ by nothing, and that is not clear")
  func equal() throws {
    let difference = try #require(PairedDifference([1, 2, 3, 4, 5], from: [1, 2, 3, 4, 5]))
    #expect(difference.mean == 0 && difference.interval == 0...0 && difference.isClear == false)
  }

  @Test("Fewer than five seeds are too few to tell, and none have no difference")
  func few() throws {
    let difference = try #require(PairedDifference([1, 1, 1, 1], from: [0, 0, 0, 0]))
    #expect(difference.mean == 1 && difference.interval == nil && difference.isClear == nil)
    #expect(PairedDifference([], from: []) == nil)
  }

  @Test("The interval of the mean is as wide as the standard error says")
  func width() throws {
    let values = (0..<200).map { Double(Oracle.noise($0, 5)) / 1009 }
    let difference = try #require(
      PairedDifference(values, from: Array(repeating: 0, count: values.count)))
    let interval = try #require(difference.interval)
    // Uniform numbers have a deviation of 0.289.
    let expected = 2 * 1.96 * 0.289 / 200.0.squareRoot()
    #expect(abs(interval.upperBound - interval.lowerBound - expected) < 0.15 * expected)
  }
}
