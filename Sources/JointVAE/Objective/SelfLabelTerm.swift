import CLibrary

/// `-log alpha'_k` for the twin of each image that is sure of its category k: the mean over all pairs, the sum over discrete
/// variables (Van Gansbeke et al. 2020, equation 3, without its class weights, for which the balance is there).
///
/// An image's own probabilities are constants here: the gradient is by its twin's alone.
struct SelfLabelTerm: LatentTerm {
  let name = "self_labels"
  private let labels: SelfLabels

  init(_ labels: SelfLabels) { self.labels = labels }

  func weight(atStep step: Int) -> Double { step > labels.step ? labels.weight : 0 }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let categories = batch.latents.categoryCount
    let tiny = LatentSample.tiny
    // A pair's categories stand `twin` places apart.
    let twin = batch.pairs * categories
    var sum = 0.0
    for pair in 0..<batch.pairs {
      var first = pair * categories
      for count in batch.latents.discrete {
        defer { first += count }
        let own = batch.alpha[first..<first + count]
        guard let largest = own.max(), Double(largest) > labels.threshold,
          let label = own.firstIndex(of: largest)
        else { continue }
        let probability = batch.alpha[label + twin] + tiny
        sum -= Double(logf(probability))
        gradient.alpha[label + twin] -= Float(weight / Double(batch.pairs)) / probability
      }
    }
    return sum / Double(max(batch.pairs, 1))
  }
}
