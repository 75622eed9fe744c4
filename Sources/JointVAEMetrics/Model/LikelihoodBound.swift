import CLibrary
import JointVAE

/// Lower bounds of `log p(x)`, in nats an image, for a likelihood over all values of an image: a
/// Bernoulli's, or the density that another loss stands for.
public struct LikelihoodBound: Hashable, Codable, Sendable {
  /// Images.
  public var images: Int
  /// Posterior samples an image, K.
  public var samples: Int
  /// The seed of the samples.
  public var seed: UInt64
  /// The evidence lower bound, `E_q log p(x | z, c) - KL(q(z, c | x) || p(z, c))`, with the mean of
  /// K samples for the expectation and the KL in closed form.
  public var elbo: Double
  /// The standard error of `elbo` over the images; nil for one image.
  public var elboStandardError: Double?
  /// The importance-weighted bound, `log 1/K sum_k p(x | z_k, c_k) p(z_k) p(c_k) / q(z_k, c_k | x)`
  /// (Burda et al. 2016, equation 8). Its expectation grows with K, from the evidence lower bound
  /// at K = 1 to `log p(x)`.
  public var bound: Double
  /// The standard error of `bound` over the images; nil for one image.
  public var boundStandardError: Double?
}

extension JointVAEModel {
  /// Bounds of the log-likelihood of images.
  ///
  /// Memory stays at a few megabytes beyond the encoding, whatever K. The result is a function of
  /// seed and images.
  ///
  /// - Parameters:
  ///   - encoding: of these images, when it is known already.
  ///   - loss: whose negative is `log p(x | z, c)`.
  ///   - samples: K.
  ///   - threads: nil for as many as the images are worth.
  /// - Throws: `ConfigurationError` when `samples` is not from 1 to 1,000,000 or `loss` is not a
  ///   likelihood; as `measure`.
  package func likelihoodBound(
    on images: some ImageSource, encoding: Encoding? = nil,
    loss: ReconstructionLoss = .binaryCrossEntropy, samples: Int, seed: UInt64 = 0,
    threads: Int? = nil
  ) throws -> LikelihoodBound {
    guard (1...1_000_000).contains(samples) else {
      throw ConfigurationError("samples", "\(samples)", expected: "from 1 to 1000000")
    }
    guard loss.isLikelihood else {
      throw ConfigurationError(
        "loss", loss.shortName, expected: "the negative logarithm of a likelihood, such as bce")
    }
    guard images.imageShape == imageShape else {
      throw ModelError.imageShape(images: images.imageShape, model: imageShape)
    }
    let encoding = try encoding ?? measure(images, threads: threads).encoding
    precondition(encoding.latents == latents && encoding.count == images.count)
    guard encoding.count > 0 else { throw MetricError.noImages }
    let sampler = PosteriorSampler(encoding, seed: seed)
    var elbos: [Double] = []
    var bounds: [Double] = []
    try forEachChunk(of: images) { range, bytes in
      var averages = range.map { _ in WeightAverage() }
      let draws = range.count * samples
      for start in stride(from: 0, to: draws, by: Self.drawsAtOnce) {
        let piece = start..<min(start + Self.drawsAtOnce, draws)
        var vectors: [Float] = []
        vectors.reserveCapacity(piece.count * latents.dimension)
        let logRatios = piece.map { draw in
          sampler.draw(
            image: range.lowerBound + draw / samples, number: draw % samples,
            appendingTo: &vectors)
        }
        let losses = try reconstructionLosses(
          of: vectors, against: bytes, targets: piece.map { $0 / samples }, loss: loss,
          threads: threads)
        for (i, draw) in piece.enumerated() {
          averages[draw / samples].add(logLikelihood: -losses[i], logRatio: logRatios[i])
        }
      }
      for (image, average) in zip(range, averages) {
        let divergence = encoding.divergences(of: image).reduce(0, +)
        try Self.checkFinite(average.logMeanWeight, "log-likelihood of image", image)
        elbos.append(average.meanLogLikelihood - divergence)
        bounds.append(average.logMeanWeight)
      }
    }
    let elbo = SampleMean(elbos)
    let bound = SampleMean(bounds)
    return LikelihoodBound(
      images: encoding.count, samples: samples, seed: seed, elbo: elbo.mean,
      elboStandardError: elbo.standardError, bound: bound.mean,
      boundStandardError: bound.standardError)
  }

  /// Latent vectors drawn before they are decoded together.
  private static var drawsAtOnce: Int { 8192 }
}

/// The importance weights of one image, added up without overflow.
private struct WeightAverage {
  private var count = 0.0
  private var logLikelihoods = 0.0
  private var largest = -Double.infinity
  /// Sum of `exp(log weight - largest)`.
  private var sum = 0.0

  mutating func add(logLikelihood: Double, logRatio: Double) {
    count += 1
    logLikelihoods += logLikelihood
    let logWeight = logLikelihood + logRatio
    if logWeight > largest {
      sum = sum * exp(largest - logWeight) + 1
      largest = logWeight
    } else {
      sum += exp(logWeight - largest)
    }
  }

  var meanLogLikelihood: Double { logLikelihoods / count }
  var logMeanWeight: Double { largest + log(sum / count) }
}
