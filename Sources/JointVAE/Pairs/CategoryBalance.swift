import CLibrary

/// The running mean m of the batches' mean alpha, of every discrete variable; part of a training
/// state.
struct CategoryBalance: Equatable {
  /// m of every category, the variables one after the other.
  private(set) var mean: [Double]
  private let spec: LatentSpec
  private let memory: Double

  /// Begins with all categories equally likely.
  init(_ spec: LatentSpec, memory: Double) {
    self.spec = spec
    self.memory = memory
    mean = spec.discrete.flatMap { Array(repeating: 1 / Double($0), count: $0) }
  }

  /// Takes a batch's mean alpha in.
  mutating func include(_ batchMean: [Double]) {
    for k in mean.indices { mean[k] = memory * mean[k] + (1 - memory) * batchMean[k] }
  }

  /// KL(m || uniform) = sum m log m + log K, the sum over the variables, in nats.
  var divergence: Double {
    mean.reduce(0) { $0 + $1 * log($1 + Self.tiny) } + spec.largestDiscreteKL
  }

  /// The derivative of `divergence` by m, which is what a step changes of the mean alpha of all images.
  ///
  /// A batch moves m itself by `1 - memory` of its own mean only; were that the slope, the balance
  /// would be as many times weaker than its weight says, and lose against the weight of c's capacity.
  var slopes: [Double] {
    mean.map { log($0 + Self.tiny) + $0 / ($0 + Self.tiny) }
  }

  /// Takes over `mean` of an equal specification; false when the numbers are none.
  mutating func restore(_ numbers: [Double]) -> Bool {
    guard numbers.count == mean.count, numbers.allSatisfy({ $0 >= 0 && $0 <= 1.001 }) else {
      return false
    }
    mean = numbers
    return true
  }

  private static let tiny = 1e-12
}
