import CLibrary

/// The parts of the objective, in nats an image.
public struct LossTerms: Hashable, Codable, Sendable {
  /// The reconstruction loss and every term times its weight.
  public var loss = 0.0
  /// The reconstruction loss.
  public var reconstruction: Double
  /// KL of each dimension of z.
  public var continuousKLs: [Double]
  /// KL of each discrete variable.
  public var discreteKLs: [Double]
  /// A number of every term of the objective, in the order of the terms: its value, or its target such as C_z.
  public var measurements: [TermMeasurement] = []

  /// Terms whose `loss` is still 0.
  public init(reconstruction: Double, continuousKLs: [Double], discreteKLs: [Double]) {
    self.reconstruction = reconstruction
    self.continuousKLs = continuousKLs
    self.discreteKLs = discreteKLs
  }

  /// KL_z: the sum over the dimensions of z.
  public var continuousKL: Double { continuousKLs.reduce(0, +) }

  /// KL_c: the sum over the discrete variables.
  public var discreteKL: Double { discreteKLs.reduce(0, +) }

  /// KL_z and KL_c.
  public var divergences: TotalDivergences {
    TotalDivergences(continuous: continuousKL, discrete: discreteKL)
  }

  /// KL from which a continuous dimension counts as active, in nats.
  public static let activityThreshold = 0.1

  /// Dimensions of z with a KL above `activityThreshold`.
  public var activeDimensions: Int { continuousKLs.count { $0 > Self.activityThreshold } }

  /// Whether every term is a number.
  public var isFinite: Bool {
    loss.isFinite && reconstruction.isFinite && continuousKL.isFinite && discreteKL.isFinite
  }
}

extension LatentSpec {
  /// The largest KL the discrete variables can have together, `sum log K`, in nats.
  public var largestDiscreteKL: Double { discrete.reduce(0) { $0 + logarithm($1) } }
}

/// The natural logarithm of a count.
func logarithm(_ count: Int) -> Double { log(Double(count)) }
