import JointVAE
import JointVAEMetrics
import Testing

@Suite("Agreement of categories")
struct CategoryAgreementTests {
  /// An encoding whose categories are certain; `[variable][image]`.
  private func encoding(_ categories: [[Int]], of counts: [Int]) -> Encoding {
    Encoding(
      latents: LatentSpec(continuous: 0, discrete: counts), count: categories.first?.count ?? 6,
      mean: [], logVariance: [],
      probabilities: zip(categories, counts).map { images, count in
        images.flatMap { image in (0..<count).map { $0 == image ? 1 : 0 } }
      })
  }

  @Test("is 1 for the same parts under other numbers, and scikit-learn's index otherwise")
  func knownAnswers() throws {
    let first = encoding([[0, 0, 1, 1, 2, 2]], of: [3])
    let renamed = encoding([[3, 3, 0, 0, 1, 1]], of: [4])
    let other = encoding([[0, 0, 0, 1, 1, 1]], of: [2])
    #expect(try CategoryAgreement.scores([first, renamed]) == [1, 1])
    // sklearn.metrics.adjusted_rand_score([0, 0, 1, 1, 2, 2], [0, 0, 0, 1, 1, 1]) is 8 / 33.
    let scores = try CategoryAgreement.scores([first, renamed, other])
    #expect(abs(scores[0] - (1 + 8.0 / 33) / 2) < 1e-12)
    #expect(scores[1] == scores[0])
    #expect(abs(scores[2] - 8.0 / 33) < 1e-12)
  }

  @Test("takes several variables as one, by the combinations that occur")
  func combinations() throws {
    let two = encoding([[0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1]], of: [2, 2])
    let one = encoding([[5, 5, 7, 7, 9, 9]], of: [10])
    #expect(try CategoryAgreement.scores([two, one]) == [1, 1])
  }

  @Test("needs two models, the same images and categories")
  func errors() {
    let model = encoding([[0, 1]], of: [2])
    #expect(throws: MetricError.count(of: "models to compare", 1, expected: 2)) {
      _ = try CategoryAgreement.scores([model])
    }
    #expect(throws: MetricError.count(of: "images", 3, expected: 2)) {
      _ = try CategoryAgreement.scores([model, encoding([[0, 1, 1]], of: [2])])
    }
    #expect(throws: MetricError.self) {
      _ = try CategoryAgreement.scores([encoding([], of: []), encoding([], of: [])])
    }
  }
}
