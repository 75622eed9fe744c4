/// The paper's objective for a configuration: capacities, losses and their slopes.
///
/// `loss = reconstruction + gamma_z |C_z - KL_z| + gamma_c |C_c - KL_c|` (Dupont 2018, equation 7), in nats an image.
/// What is minimised is that divided by the number of pixels, as in the reference, which matters to Adam's epsilon.
package struct Objective: Sendable {
  package let configuration: TrainingConfiguration

  package init(_ configuration: TrainingConfiguration) { self.configuration = configuration }

  private var latents: LatentSpec { configuration.latents }
  private var pixels: Double { Double(configuration.imageShape.pixelCount) }

  /// What the mean reconstruction loss of a value is multiplied by.
  private var reconstructionFactor: Double {
    switch configuration.reconstructionScale {
    case .reference: pixels
    case .sum: Double(configuration.imageShape.valueCount)
    }
  }

  /// C_z at a step, in nats.
  package func continuousCapacity(atStep step: Int) -> Double {
    latents.continuous == 0 ? 0 : configuration.continuousCapacity.value(atStep: step)
  }

  /// C_c at a step, in nats, at most sum log K.
  package func discreteCapacity(atStep step: Int) -> Double {
    latents.discrete.isEmpty
      ? 0
      : configuration.discreteCapacity.value(atStep: step, ceiling: latents.largestDiscreteKL)
  }

  /// The loss terms of a batch at a step, from sums over its samples.
  ///
  /// - Parameters:
  ///   - reconstruction: the sum of the loss of every value.
  ///   - divergences: for every z the sum of its KL, then for every c the sum of sum alpha log alpha.
  package func terms(
    reconstruction: Double, divergences: [Double], pairs: PairTerms? = nil, samples: Int, step: Int
  ) -> LossTerms {
    let count = Double(samples)
    let continuous = divergences.prefix(latents.continuous).map { $0 / count }
    let discrete = zip(latents.discrete, divergences.dropFirst(latents.continuous)).map {
      logarithm($0) + $1 / count
    }
    var terms = LossTerms(
      reconstruction: reconstruction / (count * Double(configuration.imageShape.valueCount))
        * reconstructionFactor,
      continuousKLs: continuous, discreteKLs: discrete)
    terms.loss = terms.reconstruction
    if latents.continuous > 0 {
      terms.loss +=
        configuration.continuousCapacity.weight
        * abs(continuousCapacity(atStep: step) - terms.continuousKL)
    }
    if !latents.discrete.isEmpty {
      terms.loss +=
        configuration.discreteCapacity.weight
        * abs(discreteCapacity(atStep: step) - terms.discreteKL)
    }
    if let pairs, let pairing = configuration.pairing {
      terms.pairs = pairs
      terms.loss +=
        pairing.consistencyWeight * pairs.consistency + pairing.balanceWeight * pairs.balance
    }
    return terms
  }

  /// The derivative of what is minimised by the loss of one value of a batch.
  package func reconstructionSlope(samples: Int) -> Double {
    reconstructionFactor / (Double(samples) * Double(configuration.imageShape.valueCount) * pixels)
  }

  /// Derivatives of what is minimised by the terms of pairs; nil without them.
  ///
  /// - Parameter balance: the derivative of the balance by the batch's mean of every alpha.
  func pairSlopes(samples: Int, balance: [Double]) -> PairSlopes? {
    guard let pairing = configuration.pairing else { return nil }
    return PairSlopes(
      pairs: samples / 2,
      consistency: Float(pairing.consistencyWeight / (Double(samples / 2) * pixels)),
      balance: balance.map { Float(pairing.balanceWeight * $0 / (Double(samples) * pixels)) },
      swapsCategories: pairing.swapsCategories)
  }

  /// Derivatives of what is minimised by the KL of z and of c of one sample.
  package func divergenceSlopes(
    _ terms: LossTerms, samples: Int, step: Int
  ) -> (continuous: Double, discrete: Double) {
    func slope(_ capacity: Double, _ weight: Double, _ divergence: Double) -> Double {
      let sign = divergence > capacity ? 1.0 : divergence < capacity ? -1.0 : 0
      return weight * sign / (Double(samples) * pixels)
    }
    return (
      slope(
        continuousCapacity(atStep: step), configuration.continuousCapacity.weight,
        terms.continuousKL),
      slope(
        discreteCapacity(atStep: step), configuration.discreteCapacity.weight, terms.discreteKL)
    )
  }
}
