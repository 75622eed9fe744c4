/// How the difference between an image value x and its reconstruction r is counted.
///
/// The losses that are negative logarithms of a density of x on the whole line (`laplace`, `gaussian`,
/// `robustLikelihood`, `adaptive`) have all their constants, in nats: their evidence bounds can be compared with each
/// other.
public enum ReconstructionLoss: Hashable, Codable, Sendable {
  /// `-x log r - (1 - x) log(1 - r)`: the negative log-likelihood of a Bernoulli, in nats.
  case binaryCrossEntropy
  /// The negative logarithm of the continuous Bernoulli density of x (Loaiza-Ganem and Cunningham 2019), in nats:
  /// cross-entropy and the constant that it lacks for gray values. r is the density's parameter, not its mean.
  case continuousBernoulli
  /// `(r - x)^2`.
  case meanSquaredError
  /// `log(1 + 0.5 ((r - x) / c)^2)` (Barron 2019, alpha = 0); `scale` is c, above 0.
  case cauchy(scale: Double)
  /// Barron's general loss, `rho(r - x, alpha, c)`.
  case robust(RobustLoss)
  /// `rho(r - x, alpha, c) + log c + log Z(alpha)` (Barron 2019, equation 16), alpha from 0 to 2.
  case robustLikelihood(RobustLoss)
  /// `robustLikelihood` with one alpha and one c for all values, learned together with the weights.
  case adaptive
  /// `sum_k w_k log(1 + 0.5 ((r - x) / c_k)^2)`.
  case multikernelCauchy([CauchyKernel])
  /// `|r - x| / b + log(2 b)`; `scale` is b.
  case laplace(scale: Double)
  /// `0.5 ((r - x) / sigma)^2 + log sigma + 0.5 log(2 pi)`; `deviation` is sigma.
  case gaussian(deviation: Double)

  /// Whether it is the negative logarithm of a likelihood, in nats, so that evidence bounds mean something.
  public var isLikelihood: Bool {
    switch self {
    case .binaryCrossEntropy, .continuousBernoulli, .robustLikelihood, .adaptive, .laplace,
      .gaussian:
      true
    case .meanSquaredError, .cauchy, .robust, .multikernelCauchy: false
    }
  }
}

/// One term of the multikernel Cauchy loss.
public struct CauchyKernel: Hashable, Codable, Sendable {
  /// c.
  public var scale: Double
  /// w.
  public var weight: Double

  /// The term `weight log(1 + 0.5 (d / scale)^2)`.
  public init(scale: Double, weight: Double = 1) {
    self.scale = scale
    self.weight = weight
  }
}

/// What the mean loss of a value is multiplied by.
public enum ReconstructionScale: String, Hashable, Codable, Sendable, CaseIterable {
  /// Pixels, `H * W`, as the reference implementation does; an RGB image counts a third of its sum.
  case reference
  /// Values, `H * W * C`: the sum over an image.
  case sum
}

/// How a reconstruction is measured: the loss of a value, and what the mean over an image's values is multiplied by.
public struct ReconstructionMeasure: Hashable, Codable, Sendable {
  /// The loss of a reconstructed value.
  public var loss: ReconstructionLoss
  /// The factor of the mean loss.
  public var scale: ReconstructionScale

  /// Binary cross entropy times the pixels, as in the paper, where nothing else is given.
  public init(
    loss: ReconstructionLoss = .binaryCrossEntropy, scale: ReconstructionScale = .reference
  ) {
    self.loss = loss
    self.scale = scale
  }
}
