import JointVAE

/// A score of a program's own, which `evaluate` computes beside the package's.
///
/// Pass it with `EvaluationOptions.scores`. Its value appears in `Evaluation.scores`, in the printed text and, over several
/// seeds, in a `SeedSummary`.
public protocol ModelScore: Sendable {
  /// What texts and tables call it. Two scores are comparable only under the same name.
  var name: String { get }

  /// Which of two values is the better one; nil where neither is.
  var preference: ScorePreference? { get }

  /// The value of a model on a data set.
  ///
  /// - Returns: nil where the data set lacks what the score needs, such as labels.
  func value(of images: ScoredImages) throws -> Double?
}

extension ModelScore {
  /// Larger values are better.
  public var preference: ScorePreference? { .larger }
}

/// Which of two values of a score is the better one.
public enum ScorePreference: String, Hashable, Codable, Sendable {
  /// The larger one.
  case larger
  /// The smaller one.
  case smaller
}

/// What a score may look at: the codes and reconstructions of a data set's images, and what is known of them.
public struct ScoredImages: Sendable {
  /// The parameters of q(z, c | x) for each image.
  public let encoding: Encoding
  /// The reconstruction loss of each image, a sum over its values.
  public let reconstructionLosses: [Double]
  /// The class of each image; nil when unknown.
  public let labels: [Int]?
  /// The names of the classes; empty without labels.
  public let classNames: [String]
  /// What each image was made from; nil when unknown or not asked for.
  public let factors: FactorLabels?
}

/// A value of a `ModelScore`.
public struct NamedScore: Hashable, Codable, Sendable {
  /// The score's name.
  public var name: String
  /// Its value.
  public var value: Double
  /// Which of two values is the better one; nil where neither is.
  public var preference: ScorePreference?

  /// A value by its name.
  public init(name: String, value: Double, preference: ScorePreference? = .larger) {
    self.name = name
    self.value = value
    self.preference = preference
  }
}

extension [any ModelScore] {
  /// The values of those that apply, in their order; nil when there are none.
  /// - Throws: what a score throws, and `MetricError.notFinite` for a value that is no number.
  func values(of images: ScoredImages) throws -> [NamedScore]? {
    let values = try compactMap { score -> NamedScore? in
      guard let value = try score.value(of: images) else { return nil }
      guard value.isFinite else { throw MetricError.notFinite(score: score.name) }
      return NamedScore(name: score.name, value: value, preference: score.preference)
    }
    return values.isEmpty ? nil : values
  }
}
