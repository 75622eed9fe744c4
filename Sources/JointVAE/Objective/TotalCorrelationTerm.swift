import CLibrary

/// `log q(z) - sum over d of log q(z_d)`, the mean over the images of a batch: beta-TCVAE's estimate of the total correlation
/// (Chen et al. 2018, section 3 and appendix C).
///
/// The densities over all images are mixtures of the posteriors of the batch. With `stratified` weights the other images of a
/// batch of B stand for the N - 1 others of the data set, and an image's own posterior counts 1 / N. With `weighted` ones all
/// have the weight 1 / (B N), whose sum is not 1: a constant is in the value then, and none in the derivatives.
struct TotalCorrelationTerm: LatentTerm {
  let name = "total_correlation"
  let weight: Double
  let sampling: MinibatchSampling

  func weight(atStep step: Int) -> Double { weight }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    // One image says nothing of how images differ.
    guard batch.count > 1 else { return 0 }
    var image = Mixture(batch, logWeights: logWeights(batch))
    var sum = 0.0
    for sample in 0..<batch.count {
      sum += image.evaluate(sample, slope: weight / Double(batch.count), adding: &gradient)
    }
    return sum / Double(batch.count)
  }

  /// The logarithm of an image's own weight, of the next image's and of those of all others.
  private func logWeights(_ batch: LatentBatch) -> (own: Double, next: Double, other: Double) {
    let images = Double(max(batch.trainingImages, batch.count))
    let others = Double(batch.count - 1)
    switch sampling {
    case .stratified:
      return (-log(images), log((images - others) / (images * others)), -log(others))
    case .weighted:
      let same = -log(images * Double(batch.count))
      return (same, same, same)
    }
  }
}

/// The densities of samples of z under the mixture of a batch's posteriors, and their derivatives.
private struct Mixture {
  private let batch: LatentBatch
  private let logWeights: (own: Double, next: Double, other: Double)
  private let dimensions: Int
  /// exp(-logVariance), `[image, D]`.
  private let precisions: [Double]
  /// The logarithms of one sample's densities, `[dimension, image]`, then what each contributes to the mixture of its own.
  private var terms: [Double]
  /// The same of all dimensions together, `[image]`.
  private var joint: [Double]

  init(_ batch: LatentBatch, logWeights: (own: Double, next: Double, other: Double)) {
    self.batch = batch
    self.logWeights = logWeights
    dimensions = batch.latents.continuous
    precisions = batch.logVariance.map { exp(-Double($0)) }
    terms = Array(repeating: 0, count: batch.count * dimensions)
    joint = Array(repeating: 0, count: batch.count)
  }

  /// `log q(z) - sum over d of log q(z_d)` of one sample.
  ///
  /// - Parameter slope: what its derivatives are multiplied by.
  mutating func evaluate(
    _ sample: Int, slope: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let count = batch.count
    for j in 0..<count {
      let logWeight =
        j == sample
        ? logWeights.own : j == (sample + 1) % count ? logWeights.next : logWeights.other
      joint[j] = logWeight
      for d in 0..<dimensions {
        let place = j * dimensions + d
        let distance = Double(batch.z[sample * dimensions + d]) - Double(batch.mean[place])
        let density =
          -0.5
          * (distance * distance * precisions[place] + Double(batch.logVariance[place])
            + Self.logTwoPi)
        terms[d * count + j] = logWeight + density
        joint[j] += density
      }
    }
    var value = Self.normalize(&joint, 0..<count)
    for d in 0..<dimensions {
      value -= Self.normalize(&terms, d * count..<(d + 1) * count)
    }
    addSlopes(sample, slope: slope, to: &gradient)
    return value
  }

  private func addSlopes(_ sample: Int, slope: Double, to gradient: inout LatentGradient) {
    let count = batch.count
    for d in 0..<dimensions {
      let z = Double(batch.z[sample * dimensions + d])
      var bySample = 0.0
      for j in 0..<count {
        let place = j * dimensions + d
        let share = slope * (joint[j] - terms[d * count + j])
        let distance = z - Double(batch.mean[place])
        let scaled = distance * precisions[place]
        bySample -= share * scaled
        gradient.mean[place] += Float(share * scaled)
        gradient.logVariance[place] += Float(share * 0.5 * (distance * scaled - 1))
      }
      gradient.z[sample * dimensions + d] += Float(bySample)
    }
  }

  /// Replaces logarithms by their shares of the sum of what they are logarithms of.
  ///
  /// - Returns: the logarithm of that sum.
  private static func normalize(_ logarithms: inout [Double], _ range: Range<Int>) -> Double {
    var largest = -Double.infinity
    for i in range { largest = max(largest, logarithms[i]) }
    var sum = 0.0
    for i in range {
      logarithms[i] = exp(logarithms[i] - largest)
      sum += logarithms[i]
    }
    for i in range { logarithms[i] /= sum }
    return largest + log(sum)
  }

  private static let logTwoPi = 1.8378770664093453
}
