import CLibrary

/// The squares of a covariance over a batch, less the identity: one half of DIP-VAE's penalty (Kumar et al.
/// 2018, section 2).
///
/// DIP-VAE I takes the covariance of the means of z, and DIP-VAE II that of z itself, to which the mean variances are added.
struct CovarianceTerm: LatentTerm {
  /// Entries of the covariance.
  enum Part {
    /// `sum over i and j of Cov_ij^2`, i and j being different.
    case offDiagonal
    /// `sum over i of (Cov_ii - 1)^2`.
    case diagonal
  }

  /// What varies.
  enum Subject {
    /// The means of the posteriors.
    case means
    /// The samples of the posteriors.
    case samples
  }

  let name: String
  let weight: Double
  private let part: Part
  private let subject: Subject

  init(_ part: Part, of subject: Subject, weight: Double) {
    name = part == .offDiagonal ? "covariance" : "variance"
    self.weight = weight
    self.part = part
    self.subject = subject
  }

  func weight(atStep step: Int) -> Double { weight }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    // One image says nothing of how images differ.
    guard batch.count > 1 else { return 0 }
    let (d, count) = (batch.latents.continuous, Double(batch.count))
    let centered = centered(batch)
    var value = 0.0
    // The derivatives by the entries, those of an entry and of its mirror image together.
    var slopes = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0...i {
        switch (part, i == j) {
        case (.offDiagonal, false):
          let entry = covariance(centered, i, j, batch)
          value += 2 * entry * entry
          (slopes[i * d + j], slopes[j * d + i]) = (4 * entry, 4 * entry)
        case (.diagonal, true):
          let excess = covariance(centered, i, i, batch) + meanVariance(i, batch) - 1
          value += excess * excess
          slopes[i * d + i] = 2 * excess
        default: break
        }
      }
    }
    let slope = weight / count
    for image in 0..<batch.count {
      for i in 0..<d {
        var byMean = 0.0
        for j in 0..<d { byMean += slopes[i * d + j] * centered[image * d + j] }
        // Of the diagonal both factors of an entry are the same mean.
        if part == .diagonal { byMean *= 2 }
        gradient.mean[image * d + i] += Float(slope * byMean)
        guard part == .diagonal, subject == .samples else { continue }
        gradient.logVariance[image * d + i] += Float(
          slope * slopes[i * d + i] * exp(Double(batch.logVariance[image * d + i])))
      }
    }
    return value
  }

  /// The means less their mean over the batch.
  private func centered(_ batch: LatentBatch) -> [Double] {
    let d = batch.latents.continuous
    var means = [Double](repeating: 0, count: d)
    for place in batch.mean.indices { means[place % d] += Double(batch.mean[place]) }
    return batch.mean.indices.map {
      Double(batch.mean[$0]) - means[$0 % d] / Double(batch.count)
    }
  }

  private func covariance(_ centered: [Double], _ i: Int, _ j: Int, _ batch: LatentBatch) -> Double
  {
    let d = batch.latents.continuous
    var sum = 0.0
    for image in 0..<batch.count { sum += centered[image * d + i] * centered[image * d + j] }
    return sum / Double(batch.count)
  }

  /// What the samples of dimension `i` vary by within their posteriors.
  private func meanVariance(_ i: Int, _ batch: LatentBatch) -> Double {
    guard subject == .samples else { return 0 }
    let d = batch.latents.continuous
    return (0..<batch.count).reduce(0) { $0 + exp(Double(batch.logVariance[$1 * d + i])) }
      / Double(batch.count)
  }
}
