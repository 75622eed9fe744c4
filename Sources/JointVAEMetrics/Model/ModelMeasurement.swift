import CLibrary
import JointVAE

/// What a model makes of every image of a data set, in evaluation mode: z its mean, c its most
/// probable category.
package struct ModelMeasurement: Sendable {
  /// The posterior of every image.
  package let encoding: Encoding
  /// The loss of reconstructed values.
  package let reconstructionLoss: ReconstructionLoss
  /// The reconstruction loss of every image: a sum over its values.
  package let reconstructions: [Double]
  /// The shape of the images.
  package let imageShape: ImageShape

  /// A measurement of known numbers.
  /// - Precondition: there is at least one image, and a reconstruction for each.
  package init(
    encoding: Encoding, reconstructionLoss: ReconstructionLoss, reconstructions: [Double],
    imageShape: ImageShape
  ) {
    precondition(encoding.count > 0 && reconstructions.count == encoding.count)
    self.encoding = encoding
    self.reconstructionLoss = reconstructionLoss
    self.reconstructions = reconstructions
    self.imageShape = imageShape
  }

  /// Images.
  package var count: Int { encoding.count }

  /// KL of each dimension of z and each discrete variable, in nats: means over the images.
  ///
  /// As the engine computes them for the objective, but in double precision throughout.
  package var divergences: (continuous: [Double], discrete: [Double]) { encoding.meanDivergences }

  /// Mean losses over the images; `loss` without capacities is the reconstruction alone.
  ///
  /// - Parameter scale: what the mean loss of a value is multiplied by.
  package func terms(scale: ReconstructionScale = .reference) -> LossTerms {
    let divergences = divergences
    let channels = scale == .reference ? Double(imageShape.channels) : 1
    let reconstruction = reconstructions.reduce(0, +) / Double(count) / channels
    var terms = LossTerms(
      reconstruction: reconstruction, continuousKLs: divergences.continuous,
      discreteKLs: divergences.discrete)
    terms.loss = reconstruction
    return terms
  }

  /// For each discrete variable the mean over the images of its largest alpha.
  package var meanLargestProbabilities: [Double] {
    encoding.latents.discrete.indices.map { variable in
      let categories = encoding.latents.discrete[variable]
      let sum = (0..<count).reduce(0.0) { sum, image in
        let best = encoding.mostProbableCategory(of: image, variable: variable)
        return sum + Double(encoding.probabilities[variable][image * categories + best])
      }
      return sum / Double(count)
    }
  }

  /// The most probable category of every image.
  package func categories(of variable: Int) -> [Int] {
    (0..<count).map { encoding.mostProbableCategory(of: $0, variable: variable) }
  }
}

extension Encoding {
  /// KL of each dimension of z and each discrete variable, in nats: means over the images.
  var meanDivergences: (continuous: [Double], discrete: [Double]) {
    var sums = [Double](repeating: 0, count: latents.continuous + latents.discrete.count)
    for image in 0..<count {
      for (i, divergence) in divergences(of: image).enumerated() { sums[i] += divergence }
    }
    let means = sums.map { $0 / Double(max(count, 1)) }
    return (Array(means[..<latents.continuous]), Array(means[latents.continuous...]))
  }

  /// KL of each dimension of z, then of each discrete variable, of one image, in nats.
  func divergences(of image: Int) -> [Double] {
    let start = image * latents.continuous
    let continuous = (start..<start + latents.continuous).map { i in
      KLDivergence.normal(mean: Double(mean[i]), logVariance: Double(logVariance[i]))
    }
    let discrete = latents.discrete.enumerated().map { variable, categories in
      let alpha = probabilities[variable][image * categories..<(image + 1) * categories]
      return alpha.reduce(log(Double(categories))) { $0 + KLDivergence.category(Double($1)) }
    }
    return continuous + discrete
  }
}
