import CLibrary

/// The twins' cross entropies, CE(alpha, alpha') + CE(alpha', alpha): the mean over pairs, the sum over discrete variables.
struct ConsistencyTerm: LatentTerm {
  let name = "consistency"
  let weight: Double

  func weight(atStep step: Int) -> Double { weight }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let categories = batch.latents.categoryCount
    let slope = Float(weight / Double(batch.pairs))
    let tiny = LatentSample.tiny
    var sum = 0.0
    // A pair's categories stand `twin` places apart.
    let twin = batch.pairs * categories
    for first in 0..<twin {
      let second = first + twin
      let (p, q) = (batch.alpha[first], batch.alpha[second])
      let (logP, logQ) = (logf(p + tiny), logf(q + tiny))
      sum -= Double(p) * Double(logQ)
      sum -= Double(q) * Double(logP)
      gradient.alpha[first] -= slope * (logQ + q / (p + tiny))
      gradient.alpha[second] -= slope * (logP + p / (q + tiny))
    }
    return sum / Double(batch.pairs)
  }
}
