/// A score of a model. The package's own scores conform to it, and so do those that a program adds.
///
/// Pass scores with `EvaluationOptions.scores`. Their results appear in `Evaluation.scores`, in the printed text, in a
/// `SeedSummary` over several seeds, and from there in the tables of experiments and on pages.
public protocol ModelScore: Sendable {
  /// What texts and tables call it. Two scores are comparable only under the same name.
  var name: String { get }

  /// What tables with little room call it, such as `MIG`.
  var title: String { get }

  /// Which of two values is the better one; nil where neither is.
  var preference: ScorePreference? { get }

  /// The value of a model on a data set.
  ///
  /// - Parameter images: the images with all that may be looked at.
  /// - Returns: nil where the data set lacks what the score needs, such as labels.
  func value(of images: ScoredImages) throws -> Double?

  /// The value with its counts and parts; several where a score is computed in several ways.
  ///
  /// - Parameter images: the images with all that may be looked at.
  func results(of images: ScoredImages) throws -> [ScoreResult]
}

extension ModelScore {
  /// Its name.
  public var title: String { name }

  /// Larger values are better.
  public var preference: ScorePreference? { .larger }

  /// The value alone.
  public func results(of images: ScoredImages) throws -> [ScoreResult] {
    try value(of: images).map {
      [
        ScoreResult(
          name: name, value: $0, title: title == name ? nil : title, preference: preference)
      ]
    } ?? []
  }
}

/// Which of two values of a score is the better one.
public enum ScorePreference: String, Hashable, Codable, Sendable {
  /// The larger one.
  case larger
  /// The smaller one.
  case smaller
}

extension [any ModelScore] {
  /// The results of those that apply, in their order; nil when there are none.
  /// - Throws: what a score throws, and `MetricError.notFinite` for a value that is no number.
  func results(of images: ScoredImages) throws -> [ScoreResult]? {
    let results = try flatMap { score in
      let results = try score.results(of: images)
      guard results.allSatisfy(\.value.isFinite) else {
        throw MetricError.notFinite(score: score.name)
      }
      return results
    }
    return results.isEmpty ? nil : results
  }
}
