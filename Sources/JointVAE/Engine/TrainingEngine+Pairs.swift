import CLibrary
import JointVAEKernels

// A batch of pairs holds its images first, then their twins in the same order.

extension TrainingEngine {
  /// Writes the transformed copies of the first half of `pixels` behind them.
  func makeTwins(
    _ pixels: UnsafeMutablePointer<UInt8>, pairs: Int, _ transformation: ImageTransformation,
    seed: UInt64, step: Int
  ) {
    let shape = network.imageShape
    workers.run(pairs) { pair, _ in
      ImageWarp(transformation, size: shape.size, seed: seed, step: step, sample: pair).apply(
        pixels + pair * shape.valueCount, channels: shape.channels,
        to: pixels + (pairs + pair) * shape.valueCount)
    }
  }

  /// Decodes each twin with the other's categories from here on.
  func swapCategories(pairs: Int) {
    exchange(engine.activations.latents, row: network.latentRow, pairs: pairs)
    workers.run((2 * pairs + 7) / 8) { item, _ in
      engine.decodeLatents(item * 8..<min(item * 8 + 8, 2 * pairs))
    }
  }

  /// Exchanges the categories' part of the rows of twins.
  func exchange(_ buffer: FloatBuffer, row: Int, pairs: Int) {
    let spec = network.latents
    for pair in 0..<pairs {
      let first = buffer.start + pair * row + spec.continuous
      let second = buffer.start + (pairs + pair) * row + spec.continuous
      for k in 0..<spec.categoryCount { (first[k], second[k]) = (second[k], first[k]) }
    }
  }

  /// The mean over pairs of the twins' cross entropies, both ways, in nats.
  func consistency(pairs: Int) -> Double {
    let count = network.latents.categoryCount
    let alpha = engine.activations.alpha.start
    var sum = 0.0
    for pair in 0..<pairs {
      let (first, second) = (alpha + pair * count, alpha + (pairs + pair) * count)
      for k in 0..<count {
        sum -= Double(first[k]) * Double(logf(second[k] + LatentSample.tiny))
        sum -= Double(second[k]) * Double(logf(first[k] + LatentSample.tiny))
      }
    }
    return sum / Double(pairs)
  }

  /// The batch's mean of every alpha.
  func meanCategories(count: Int) -> [Double] {
    let categories = network.latents.categoryCount
    var means = [Double](repeating: 0, count: categories)
    for sample in 0..<count {
      let alpha = engine.activations.alpha.start + sample * categories
      for k in 0..<categories { means[k] += Double(alpha[k]) }
    }
    return means.map { $0 / Double(count) }
  }

  /// Writes the derivative of both terms by the alphas of `sample`.
  ///
  /// - Parameter slopes: of what is minimised by a pair's cross entropies and by every category of a
  ///   sample's alpha.
  func pairGradient(
    of sample: Int, slopes: PairSlopes, to gradient: UnsafeMutablePointer<Float>
  ) {
    let count = network.latents.categoryCount
    let twin = sample < slopes.pairs ? sample + slopes.pairs : sample - slopes.pairs
    let own = engine.activations.alpha.start + sample * count
    let other = engine.activations.alpha.start + twin * count
    for k in 0..<count {
      gradient[k] =
        slopes.balance[k]
        - slopes.consistency
        * (logf(other[k] + LatentSample.tiny) + other[k] / (own[k] + LatentSample.tiny))
    }
  }
}

/// Derivatives of what is minimised, for a batch of pairs.
struct PairSlopes {
  /// Pairs of the batch.
  var pairs: Int
  /// By the cross entropies of one pair.
  var consistency: Float
  /// By every category of one sample's alpha.
  var balance: [Float]
  /// Whether twins were decoded with each other's categories.
  var swapsCategories: Bool
}
