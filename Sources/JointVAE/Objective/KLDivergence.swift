import CLibrary

/// The KL divergences of the posterior from the prior, in nats, and their derivatives.
///
/// In single precision they are the engine's, in double precision those of the scores.
package enum KLDivergence {
  /// KL(N(mean, exp(logVariance)) || N(0, 1)) (Kingma and Welling 2014, appendix B).
  package static func normal(mean: Double, logVariance: Double) -> Double {
    -0.5 * (1 + logVariance - mean * mean - exp(logVariance))
  }

  /// The derivatives of `normal` by the mean and by the log variance.
  ///
  /// - Parameter deviation: exp(logVariance / 2).
  static func normalSlopes(mean: Float, deviation: Float) -> (mean: Float, logVariance: Float) {
    (mean, 0.5 * (deviation * deviation - 1))
  }

  /// A category's part of KL(alpha || uniform) = log K + sum alpha log alpha.
  package static func category(_ alpha: Double) -> Double { alpha * log(alpha + 1e-12) }

  /// The same of the engine's alpha, with the logarithm in single precision.
  static func category(_ alpha: Float) -> Double {
    Double(alpha) * Double(logf(alpha + LatentSample.tiny))
  }

  /// The derivative of `category` by alpha.
  static func categorySlope(_ alpha: Float) -> Float {
    let shifted = alpha + LatentSample.tiny
    return logf(shifted) + alpha / shifted
  }
}
