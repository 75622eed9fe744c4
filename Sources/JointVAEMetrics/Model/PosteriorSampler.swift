import CLibrary
import JointVAE
import JointVAEKernels

/// Exact samples of q(z, c | x): z normal, every c a whole category with probability alpha, without
/// Gumbel noise or temperature.
///
/// A sample is a function of seed, image, number and dimension, whatever the order in which they
/// are drawn.
package struct PosteriorSampler {
  package let encoding: Encoding
  private let random: Philox

  package init(_ encoding: Encoding, seed: UInt64) {
    self.encoding = encoding
    random = Philox(seed: seed)
  }

  /// Appends sample `number` of an image to `vectors`: z, then every c one-hot.
  ///
  /// - Returns: `log p(z) p(c) - log q(z, c | x)`, in nats.
  package func draw(image: Int, number: Int, appendingTo vectors: inout [Float]) -> Double {
    var logRatio = 0.0
    let continuous = encoding.latents.continuous
    for pair in stride(from: 0, to: continuous, by: 2) {
      let words = words(.posteriorNormal, dimension: pair, image: image, number: number)
      let normals = Philox.normals(words[0], words[1])
      for (dimension, normal) in [(pair, normals.0), (pair + 1, normals.1)]
      where dimension < continuous {
        let i = image * continuous + dimension
        let logVariance = Double(encoding.logVariance[i])
        let epsilon = Double(normal)
        let z = Double(encoding.mean[i]) + exp(0.5 * logVariance) * epsilon
        vectors.append(Float(z))
        // The constants of both normal densities cancel.
        logRatio += 0.5 * (epsilon * epsilon - z * z + logVariance)
      }
    }
    for (variable, count) in encoding.latents.discrete.enumerated() {
      let words = words(.posteriorCategory, dimension: variable, image: image, number: number)
      let alpha = encoding.probabilities[variable][image * count..<(image + 1) * count]
      let category = Self.category(of: alpha, at: (Double(words[0]) + 0.5) * 0x1p-32)
      for k in 0..<count { vectors.append(k == category ? 1 : 0) }
      logRatio += -log(Double(count)) - log(Double(alpha[alpha.startIndex + category]))
    }
    return logRatio
  }

  /// The category whose part of the unit interval holds `place`; one of probability 0 has none.
  private static func category(of alpha: ArraySlice<Float>, at place: Double) -> Int {
    // Rounded probabilities add up to nearly 1.
    let target = place * alpha.reduce(0) { $0 + Double($1) }
    var sum = 0.0
    var last = 0
    for (k, probability) in alpha.enumerated() where probability > 0 {
      sum += Double(probability)
      last = k
      if target < sum { break }
    }
    return last
  }

  private func words(
    _ purpose: RandomPurpose, dimension: Int, image: Int, number: Int
  ) -> SIMD4<UInt32> {
    random.words(
      SIMD4(
        UInt32(truncatingIfNeeded: dimension), UInt32(truncatingIfNeeded: image),
        UInt32(truncatingIfNeeded: number), purpose.rawValue))
  }
}
