import JointVAEMetrics
import Testing

@Suite("Differences of settings with other seeds")
struct WelchDifferenceTests {
  @Test("are those of scipy.stats.ttest_ind(a, b, equal_var=False)")
  func interval() throws {
    let difference = try #require(
      WelchDifference([0.91, 0.93, 0.95, 0.90], from: [0.85, 0.99, 0.80, 0.82, 0.84]))
    let interval = try #require(difference.interval)
    #expect(abs(difference.mean - 0.0625) < 1e-12)
    #expect(abs(interval.lowerBound - -0.029395077964153526) < 1e-9)
    #expect(abs(interval.upperBound - 0.15439507796415353) < 1e-9)
    #expect(difference.isClear == false)
    // Cohen's d of a pooled deviation, times 1 - 3 / (4 * 9 - 9).
    let effect = try #require(difference.effect)
    #expect(abs(effect - 0.9473127160542754) < 1e-9)
  }

  @Test("clear where they are, and unknown for too few seeds")
  func clear() throws {
    #expect(WelchDifference([1, 1.1, 0.9], from: [2, 2.1, 1.9])?.isClear == true)
    #expect(WelchDifference([1, 1, 1], from: [1, 1, 1])?.isClear == false)
    #expect(WelchDifference([1, 1, 1], from: [1, 1, 1])?.effect == nil)
    #expect(WelchDifference([1, 1.1], from: [2, 2.1, 1.9])?.interval == nil)
    #expect(WelchDifference([1], from: [2, 2.1, 1.9])?.effect == nil)
    #expect(WelchDifference([], from: [2]) == nil)
    // One setting that does not vary: all degrees of freedom are the other's, t of 2 is 4.302653.
    let half = try #require(WelchDifference([1, 1, 1, 1], from: [2, 2.5, 3])?.interval)
    #expect(
      abs((half.upperBound - half.lowerBound) / 2 - 4.302652730 * 0.5 / 3.0.squareRoot()) < 1e-6)
  }
}
