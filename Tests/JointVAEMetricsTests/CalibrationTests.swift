import JointVAE
import JointVAEMetrics
import Testing

@Suite("Calibration and names from few labels")
struct CalibrationTests {
  @Test("is 0 for probabilities that come true, and the distance for others")
  func known() {
    let honest = Calibration((0..<100).map { (confidence: 0.8, isRight: $0 < 80) })
    #expect(abs(honest.expectedError) < 1e-12)
    // Sure of 0.98 and right in 0.62, as an overconfident model is.
    let sure = Calibration((0..<50).map { (confidence: 0.98, isRight: $0 < 31) })
    #expect(abs(sure.expectedError - 0.36) < 1e-12)
    #expect(abs(sure.meanConfidence - 0.98) < 1e-12)
    // Two bins: 10 of 0.55 with 5 right, 30 of 1 with 24 right.
    let both = Calibration(
      (0..<10).map { (confidence: 0.55, isRight: $0 < 5) }
        + (0..<30).map { (confidence: 1.0, isRight: $0 < 24) })
    #expect(abs(both.expectedError - (0.25 * 0.05 + 0.75 * 0.2)) < 1e-12)
    #expect(both.bins.count == 15 && both.bins[14].count == 30 && both.bins[8].count == 10)
    #expect(Calibration([]).expectedError == 0)
  }

  @Test("judges an image by the class of most of its category's images")
  func encoding() throws {
    let codes = Encoding(
      latents: LatentSpec(continuous: 0, discrete: [2]), count: 4, mean: [], logVariance: [],
      probabilities: [[0.9, 0.1, 0.7, 0.3, 0.8, 0.2, 0.4, 0.6]])
    let labels = [1, 1, 0, 0]
    let scores = LabelScores(
      variable: 0,
      confusion: try ConfusionMatrix(
        labels: labels, categories: [0, 0, 0, 1], classNames: ["a", "b"], categoryCount: 2))
    let calibration = codes.calibration(labels: labels, scores: scores)
    // Right: 0.9, 0.7 and 0.6; wrong: 0.8. All in bins of their own.
    #expect(abs(calibration.expectedError - (0.1 + 0.3 + 0.8 + 0.4) / 4) < 1e-6)
  }

  @Test("one label of a pure category names it; of a mixed one it is right as often as chance says")
  func fewLabels() {
    let pure = ConfusionMatrix(
      classNames: ["a", "b"], categoryCount: 2, counts: [[0, 7], [9, 0]])
    let one = FewLabels(1, of: pure, seed: 3)
    #expect(one.mean == 1 && one.deviation == 0)
    // A category of 3 a and 1 b: named a in 3 of 4 draws, with accuracies of 0.75 and 0.25.
    let mixed = ConfusionMatrix(classNames: ["a", "b"], categoryCount: 1, counts: [[3], [1]])
    let drawn = FewLabels(1, of: mixed, seed: 3)
    #expect(abs(drawn.mean - 0.625) < 0.06)
    #expect(FewLabels(1, of: mixed, seed: 3) == drawn && FewLabels(1, of: mixed, seed: 4) != drawn)
    // All four images are looked at: always a.
    #expect(FewLabels(10, of: mixed, seed: 3).mean == 0.75)
    let empty = ConfusionMatrix(classNames: ["a"], categoryCount: 2, counts: [[5, 0]])
    #expect(FewLabels(5, of: empty, seed: 1).mean == 1)
  }
}
