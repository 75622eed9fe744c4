import Foundation
import JointVAE

// The terms of every model, in Double, from their definitions.
extension NetworkOracle {
  /// - Parameters:
  ///   - drawn: the latents of a batch, which is all there is to learn from.
  ///   - divergences: KL_z and KL_c, means over the batch.
  func modelTerms(_ drawn: [Latents], _ divergences: TotalDivergences, step: Int) -> Double {
    let sum = divergences.continuous + divergences.discrete
    switch configuration.model {
    case .jointVAE: return twoCapacities(divergences, step: step)
    case .vae: return sum
    case .betaVAE(let beta): return beta * sum
    case .cciVAE:
      let capacity = configuration.continuousCapacity
      return capacity.weight * abs(capacity.value(atStep: step) - sum)
    case .betaTCVAE(let beta, let sampling):
      return sum + (beta - 1) * totalCorrelation(drawn, sampling)
    case .dipVAE1(let offDiagonal, let diagonal):
      return sum + penalty(drawn, offDiagonal, diagonal, addsVariances: false)
    case .dipVAE2(let offDiagonal, let diagonal):
      return sum + penalty(drawn, offDiagonal, diagonal, addsVariances: true)
    // Tests add what their discriminator computes.
    case .factorVAE: return sum
    }
  }

  private func twoCapacities(_ divergences: TotalDivergences, step: Int) -> Double {
    let latents = configuration.latents
    var total = 0.0
    if latents.continuous > 0 {
      let capacity = configuration.continuousCapacity
      total += capacity.weight * abs(capacity.value(atStep: step) - divergences.continuous)
    }
    if !latents.discrete.isEmpty {
      let capacity = configuration.discreteCapacity
      let ceiling = latents.discrete.reduce(0) { $0 + log(Double($1)) }
      total +=
        capacity.weight
        * abs(capacity.value(atStep: step, ceiling: ceiling) - divergences.discrete)
    }
    return total
  }

  private func totalCorrelation(_ drawn: [Latents], _ sampling: MinibatchSampling) -> Double {
    let count = drawn.count
    let others = Double(count - 1)
    func weight(_ i: Int, _ j: Int) -> Double {
      guard sampling == .stratified else { return 1 / Double(count * count) }
      if j == i { return 1 / Double(count) }
      return j == (i + 1) % count ? (Double(count) - others) / (Double(count) * others) : 1 / others
    }
    func density(_ i: Int, _ j: Int, _ d: Int) -> Double {
      let (mean, logVariance) = (drawn[j].mean[d], drawn[j].logVariance[d])
      let distance = drawn[i].z[d] - mean
      return exp(-distance * distance / (2 * exp(logVariance))) / sqrt(2 * .pi * exp(logVariance))
    }
    let dimensions = 0..<configuration.latents.continuous
    var sum = 0.0
    for i in 0..<count {
      sum += log(
        (0..<count).reduce(0.0) { total, j in
          total + weight(i, j) * dimensions.reduce(1) { $0 * density(i, j, $1) }
        })
      for d in dimensions {
        sum -= log((0..<count).reduce(0.0) { $0 + weight(i, $1) * density(i, $1, d) })
      }
    }
    return sum / Double(count)
  }

  private func penalty(
    _ drawn: [Latents], _ offDiagonal: Double, _ diagonal: Double, addsVariances: Bool
  ) -> Double {
    let count = Double(drawn.count)
    func mean(_ value: (Latents) -> Double) -> Double {
      drawn.reduce(0) { $0 + value($1) } / count
    }
    var total = 0.0
    for i in 0..<configuration.latents.continuous {
      for j in 0..<configuration.latents.continuous {
        var entry = mean { $0.mean[i] * $0.mean[j] } - mean { $0.mean[i] } * mean { $0.mean[j] }
        if i == j, addsVariances { entry += mean { exp($0.logVariance[i]) } }
        total += i == j ? diagonal * (entry - 1) * (entry - 1) : offDiagonal * entry * entry
      }
    }
    return total
  }
}
