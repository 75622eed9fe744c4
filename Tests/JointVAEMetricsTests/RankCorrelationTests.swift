import JointVAEMetrics
import Testing

@Suite("Rank correlation") struct RankCorrelationTests {
  @Test("The same order is 1, the opposite -1, and ties share ranks as in scipy")
  func known() throws {
    #expect(RankCorrelation.spearman([1, 5, 9], [2, 3, 40]) == 1)
    #expect(RankCorrelation.spearman([1, 5, 9], [40, 3, 2]) == -1)
    // scipy.stats.spearmanr([1, 2, 2, 3], [1, 2, 3, 4])
    let ties = try #require(RankCorrelation.spearman([1, 2, 2, 3], [1, 2, 3, 4]))
    #expect(abs(ties - 0.948_683_298_050_513_8) < 1e-12)
    // What comes last is smaller than all others.
    #expect(RankCorrelation.spearman([-.infinity, 0.1, 0.2], [0, 1, 2]) == 1)
  }

  @Test("There is none without an order: equal values, one pair, no number, other counts")
  func none() {
    #expect(RankCorrelation.spearman([2, 2, 2], [1, 2, 3]) == nil)
    #expect(RankCorrelation.spearman([1], [1]) == nil)
    #expect(RankCorrelation.spearman([1, .nan], [1, 2]) == nil)
    #expect(RankCorrelation.spearman([1, 2, 3], [1, 2]) == nil)
  }
}
