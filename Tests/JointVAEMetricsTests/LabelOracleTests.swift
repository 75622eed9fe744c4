import JointVAEMetrics
import Testing

@Suite("Scores of a discrete code equal scikit-learn's") struct LabelOracleTests {
  @Test(
    "for a code as good as the class, one of more and one of fewer categories, and noise",
    arguments: ["good", "many", "few", "noise"])
  func scores(name: String) throws {
    let count = 600
    let labels = (0..<count).map { Oracle.noise($0, 0) % 6 }
    let categories = (0..<count).map { image in
      let wrong = Oracle.noise(image, 1)
      return switch name {
      case "good": wrong % 5 == 0 ? wrong % 6 : (labels[image] + 2) % 6
      case "many": labels[image] * 2 + wrong % 2
      case "few": labels[image] / 2
      default: wrong % 6
      }
    }
    let matrix = try ConfusionMatrix(
      labels: labels, categories: categories, classNames: (0..<6).map(String.init),
      categoryCount: (categories.max() ?? 0) + 1)
    let expected = try Oracle.numbers("labels.\(name)")
    try #require(expected.count == 5)
    for (key, value) in [
      "majority": matrix.majorityAccuracy, "oneToOne": matrix.oneToOneAccuracy,
      "mutualInformation": matrix.mutualInformation,
      "normalizedMutualInformation": matrix.normalizedMutualInformation,
      "adjustedRandIndex": matrix.adjustedRandIndex,
    ] {
      let reference = try #require(expected[key])
      #expect(abs(value - reference) < 1e-9, "\(key): \(value) and \(reference)")
    }
  }
}
