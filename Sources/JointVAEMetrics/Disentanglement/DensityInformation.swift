import CLibrary
import JointVAE

/// The images of each value of each factor.
struct FactorGroups: Sendable {
  /// `[factor][value]`, the numbers of the images; values that do not occur are left out.
  let images: [[[Int]]]
  /// `[image, factor]`.
  let values: [Int]
  /// Factors.
  let count: Int

  init(_ labels: FactorLabels) {
    count = labels.names.count
    values = labels.values
    images = labels.names.indices.map { factor in
      var groups = [[Int]](repeating: [], count: labels.sizes[factor])
      for (image, value) in labels.column(factor).enumerated() { groups[value].append(image) }
      return groups.filter { !$0.isEmpty }
    }
  }
}

extension FactorLabels {
  /// The entropy of a factor among the images, in nats.
  func entropy(of factor: Int) -> Double {
    var counts = [Int](repeating: 0, count: sizes[factor])
    for value in column(factor) { counts[value] += 1 }
    return JointVAEMetrics.entropy(counts)
  }
}

/// What samples of one dimension of z say about factors, by the densities of all posteriors.
struct DensityInformation {
  private let means: [Double]
  private let deviations: [Double]

  init(_ posterior: Encoding, dimension: Int) {
    let width = posterior.latents.continuous
    means = (0..<posterior.count).map { Double(posterior.mean[$0 * width + dimension]) }
    deviations = (0..<posterior.count).map {
      exp(0.5 * Double(posterior.logVariance[$0 * width + dimension]))
    }
  }

  /// The information about each factor, in nats.
  func information(_ groups: FactorGroups, noise: (Int) -> Double) -> [Double] {
    let count = means.count
    let factors = groups.count
    let precisions = deviations.map { 1 / $0 }
    var sizes = [Double](repeating: 0, count: count * factors)
    for (factor, values) in groups.images.enumerated() {
      for images in values {
        for image in images { sizes[image * factors + factor] = Double(images.count) }
      }
    }
    var sums = [Double](repeating: 0, count: factors)
    var same = sums
    for image in 0..<count {
      let z = means[image] + deviations[image] * noise(image)
      var all = 0.0
      for factor in 0..<factors { same[factor] = 0 }
      for other in 0..<count {
        let distance = (z - means[other]) * precisions[other]
        // Beyond nine deviations a density adds nothing that shows.
        guard distance * distance < 80 || other == image else { continue }
        // The constant of the normal density is that of both sums.
        let density = exp(-0.5 * distance * distance) * precisions[other]
        all += density
        for factor in 0..<factors
        where groups.values[other * factors + factor] == groups.values[image * factors + factor] {
          same[factor] += density
        }
      }
      let whole = log(all / Double(count))
      for factor in 0..<factors {
        sums[factor] += log(same[factor] / sizes[image * factors + factor]) - whole
      }
    }
    return sums.map { max(0, $0 / Double(count)) }
  }
}
