/// The latents of a batch of images: what the encoder computes, and the samples drawn from it.
///
/// Arrays are flat, one image after the other: D numbers of an image for `mean`, `logVariance` and `z`; for `alpha` and `c`
/// its categories, of all discrete variables in their order.
public struct LatentBatch: Sendable {
  /// The latent variables.
  public let latents: LatentSpec
  /// The step, counted from 1.
  public let step: Int
  /// Images of the batch, twins included.
  public let count: Int
  /// Pairs of twins: images i and `pairs + i` are twins for i below `pairs`. 0 for a batch without pairs.
  public let pairs: Int
  /// Images of the data set that the batch was drawn from, without those held back.
  public let trainingImages: Int
  /// The means of z, `[image, D]`.
  public let mean: [Float]
  /// The logarithms of the variances of z, `[image, D]`.
  public let logVariance: [Float]
  /// The samples of z, `[image, D]`.
  public let z: [Float]
  /// The probabilities of every category, `[image, category]`.
  public let alpha: [Float]
  /// The relaxed samples of every category, `[image, category]`.
  public let c: [Float]
}

/// The derivatives of the objective by every number of a `LatentBatch`, in the same order.
///
/// By z and c they are partial: the engine takes them on to `mean`, `logVariance` and `alpha`.
public struct LatentGradient: Sendable {
  /// By the means of z.
  public var mean: [Float]
  /// By the logarithms of the variances of z.
  public var logVariance: [Float]
  /// By the samples of z.
  public var z: [Float]
  /// By the probabilities of every category.
  public var alpha: [Float]
  /// By the samples of every category.
  public var c: [Float]

  /// Zeros.
  init(_ batch: LatentBatch) {
    let zeros = [Float](repeating: 0, count: batch.mean.count)
    (mean, logVariance, z) = (zeros, zeros, zeros)
    alpha = [Float](repeating: 0, count: batch.alpha.count)
    c = alpha
  }

  /// Multiplies everything by a factor.
  mutating func scale(by factor: Float) {
    func scale(_ values: inout [Float]) {
      for i in values.indices { values[i] *= factor }
    }
    scale(&mean)
    scale(&logVariance)
    scale(&z)
    scale(&alpha)
    scale(&c)
  }

  /// Whether every derivative is a number.
  var isFinite: Bool {
    [mean, logVariance, z, alpha, c].allSatisfy { $0.allSatisfy(\.isFinite) }
  }
}
