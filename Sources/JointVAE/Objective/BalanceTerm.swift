import CLibrary

/// KL(m || uniform) = sum m log m + log K, where m is the running mean of the batches' mean alpha; the sum over discrete
/// variables.
struct BalanceTerm: LatentTerm {
  let name = "balance"
  /// Training states were written under this name before terms had names of their own.
  let stateName = "pairs.balance"
  let weight: Double
  private let spec: LatentSpec
  private let memory: Double
  /// m of every category, the variables one after the other.
  private(set) var state: [Double]

  /// Begins with all categories equally likely.
  ///
  /// - Parameter memory: what m keeps of itself from one step to the next.
  init(_ spec: LatentSpec, weight: Double, memory: Double) {
    self.spec = spec
    self.weight = weight
    self.memory = memory
    state = spec.discrete.flatMap { Array(repeating: 1 / Double($0), count: $0) }
  }

  func weight(atStep step: Int) -> Double { weight }

  /// The derivative is taken by m, which is what a step changes of the mean alpha of all images.
  ///
  /// A batch moves m itself by `1 - memory` of its own mean only. With that slope the balance would be as many times
  /// weaker than its weight, and lose against the weight of c's capacity.
  mutating func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let count = Double(batch.count)
    for (k, sum) in sums(batch).enumerated() {
      state[k] = memory * state[k] + (1 - memory) * (sum / count)
    }
    let slopes = state.map { m in
      Float(weight * (log(m + Self.tiny) + m / (m + Self.tiny)) / count)
    }
    for image in 0..<batch.count {
      for k in slopes.indices { gradient.alpha[image * slopes.count + k] += slopes[k] }
    }
    return state.reduce(0) { $0 + KLDivergence.category($1) } + spec.largestDiscreteKL
  }

  /// The sum over the batch of every alpha.
  private func sums(_ batch: LatentBatch) -> [Double] {
    var sums = [Double](repeating: 0, count: state.count)
    for image in 0..<batch.count {
      for k in sums.indices { sums[k] += Double(batch.alpha[image * sums.count + k]) }
    }
    return sums
  }

  mutating func restore(_ state: [Double]) -> Bool {
    guard state.count == self.state.count, state.allSatisfy({ $0 >= 0 && $0 <= 1.001 }) else {
      return false
    }
    self.state = state
    return true
  }

  private static let tiny = 1e-12
}
