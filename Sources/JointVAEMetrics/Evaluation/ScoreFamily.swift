import JointVAE

/// The scores that the package brings, by what they need: what `evaluate --scores` and experiments name.
public enum ScoreFamily: String, CaseIterable, Hashable, Codable, Sendable {
  /// Scores against known factors (`DisentanglementProtocol.scores`).
  case disentanglement
  /// What linear classifiers read from the codes (`ProbeScore`); needs labels or factors.
  case probes
  /// How samples compare with real images (`SampleScore`, and `FrechetScore` where there are features).
  case samples

  /// Adds the scores of this family to what is to be measured.
  ///
  /// - Parameters:
  ///   - options: what is to be measured.
  ///   - seed: of all that is drawn.
  ///   - threads: threads; they do not change the results.
  ///   - posterior: how the codes of images lie, to compare samples of it as well.
  ///   - features: what to compare samples by as well; nil for pixels alone.
  public func add(
    to options: inout EvaluationOptions, seed: UInt64, threads: Int,
    posterior: AggregatePosterior? = nil, features: (any ImageFeatures)? = nil
  ) {
    switch self {
    case .disentanglement:
      var counts = DisentanglementProtocol()
      counts.seed = seed
      options.disentanglement = counts
    case .probes: options.scores.append(ProbeScore(seed: seed, threads: threads))
    case .samples:
      var score = SampleScore(seed: seed, threads: threads)
      score.posterior = posterior
      options.scores.append(score)
      if let features {
        var score = FrechetScore(features: features, seed: seed)
        score.posterior = posterior
        options.scores.append(score)
      }
    }
  }

  /// Whether it is computed from as many images as a protocol asks for, where there are as many to be drawn.
  public var drawsImages: Bool { self != .samples }
}
