import JointVAE

/// Whether a model's probabilities mean what they say: of the images that it is 0.8 sure of, 80 % should be right.
///
/// An image is right when its most probable category has the class of most of the category's images. Its confidence is that
/// category's probability. The expected calibration error is the mean distance between confidence and accuracy over 15
/// bins of equal width, weighted by their images (Guo et al. 2017, equation 3).
public struct Calibration: Hashable, Codable, Sendable {
  /// Images whose confidence lies in one range.
  public struct Bin: Hashable, Codable, Sendable {
    /// Images.
    public var count: Int
    /// The mean of their largest probabilities; 0 without images.
    public var confidence: Double
    /// The share of them that is right; 0 without images.
    public var accuracy: Double
  }

  /// Ranges of equal width from 0 to 1, the lowest first.
  public var bins: [Bin]
  /// The mean distance between confidence and accuracy.
  public var expectedError: Double

  private static let binCount = 15

  /// The calibration of pairs of a confidence and whether it was right.
  public init(_ outcomes: some Sequence<(confidence: Double, isRight: Bool)>) {
    var sums = [(count: Int, confidence: Double, right: Int)](
      repeating: (0, 0, 0), count: Self.binCount)
    for (confidence, isRight) in outcomes {
      let bin = min(max(Int(confidence * Double(Self.binCount)), 0), Self.binCount - 1)
      sums[bin].count += 1
      sums[bin].confidence += confidence
      sums[bin].right += isRight ? 1 : 0
    }
    bins = sums.map { sum in
      let count = Double(max(sum.count, 1))
      return Bin(
        count: sum.count, confidence: sum.confidence / count, accuracy: Double(sum.right) / count)
    }
    let total = Double(max(bins.reduce(0) { $0 + $1.count }, 1))
    expectedError = bins.reduce(0) {
      $0 + Double($1.count) / total * abs($1.confidence - $1.accuracy)
    }
  }

  /// The mean of all largest probabilities.
  public var meanConfidence: Double {
    let total = bins.reduce(0) { $0 + $1.count }
    guard total > 0 else { return 0 }
    return bins.reduce(0) { $0 + Double($1.count) * $1.confidence } / Double(total)
  }
}

extension Encoding {
  /// The calibration of a discrete variable, with its categories named by `scores`.
  package func calibration(labels: [Int], scores: LabelScores) -> Calibration {
    let width = latents.discrete[scores.variable]
    return Calibration(
      (0..<count).lazy.map { image in
        let category = self.mostProbableCategory(of: image, variable: scores.variable)
        return (
          confidence: Double(self.probabilities[scores.variable][image * width + category]),
          isRight: scores.majorityMap[category] == labels[image]
        )
      })
  }
}
