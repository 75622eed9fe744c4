/// How the difference between an image value x and its reconstruction r is counted.
public enum ReconstructionLoss: Hashable, Codable, Sendable {
  /// `-x log r - (1 - x) log(1 - r)`: the negative log-likelihood of a Bernoulli, in nats.
  case binaryCrossEntropy
  /// `(r - x)^2`.
  case meanSquaredError
  /// `log(1 + 0.5 ((r - x) / c)^2)` (Barron 2019, alpha = 0); `scale` is c, above 0.
  case cauchy(scale: Double)
}

/// What the mean loss of a value is multiplied by.
public enum ReconstructionScale: String, Hashable, Codable, Sendable, CaseIterable {
  /// Pixels, `H * W`, as the reference implementation does; an RGB image counts a third of its sum.
  case reference
  /// Values, `H * W * C`: the sum over an image.
  case sum
}
