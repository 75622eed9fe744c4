extension ReconstructionLoss {
  /// The scales and weights for which every loss and slope of an image value is a number that 32 bits can hold.
  static let scales = 1e-6...1e6
  /// The most terms of a multikernel loss.
  static let kernelLimit = 16

  /// - Throws: `ConfigurationError` naming the first number that is out of range.
  public func validate() throws {
    switch self {
    case .binaryCrossEntropy, .continuousBernoulli, .meanSquaredError, .adaptive: break
    case .cauchy(let scale):
      guard scale.isFinite, scale > 0 else {
        throw ConfigurationError("cauchy scale", "\(scale)", expected: "a number above 0")
      }
    case .robust(let loss):
      guard loss.alpha <= RobustLoss.largestAlpha else {
        throw ConfigurationError(
          "robust alpha", "\(loss.alpha)",
          expected: "at most \(RobustLoss.largestAlpha), or -inf")
      }
      try Self.require("robust scale", loss.scale)
    case .robustLikelihood(let loss):
      guard RobustPartition.alphas.contains(loss.alpha) else {
        throw ConfigurationError(
          "robust-likelihood alpha", "\(loss.alpha)",
          expected: "from 0 to 2, where the density can be normalized")
      }
      try Self.require("robust-likelihood scale", loss.scale)
    case .multikernelCauchy(let kernels):
      guard (1...Self.kernelLimit).contains(kernels.count) else {
        throw ConfigurationError(
          "multicauchy", "\(kernels.count) scales", expected: "from 1 to \(Self.kernelLimit)")
      }
      for kernel in kernels {
        try Self.require("multicauchy scale", kernel.scale)
        try Self.require("multicauchy weight", kernel.weight)
      }
    case .laplace(let scale): try Self.require("laplace scale", scale)
    case .gaussian(let deviation): try Self.require("gaussian deviation", deviation)
    }
  }

  private static func require(_ name: String, _ value: Double) throws {
    guard scales.contains(value) else {
      throw ConfigurationError(name, "\(value)", expected: "a number from 0.000001 to 1000000")
    }
  }
}
