/// How a gradient becomes a change of the weights.
public enum Optimizer: Hashable, Codable, Sendable {
  /// Adam (Kingma and Ba 2015, algorithm 1).
  case adam(
    learningRate: Double = 5e-4, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
  /// Stochastic gradient descent: `v = momentum v + g`, `w -= learningRate v`.
  case sgd(learningRate: Double, momentum: Double = 0)

  /// The step size.
  public var learningRate: Double {
    switch self {
    case .adam(let learningRate, _, _, _), .sgd(let learningRate, _): learningRate
    }
  }

  /// The same with its step size multiplied.
  func scaled(by factor: Double) -> Optimizer {
    switch self {
    case .adam(let learningRate, let beta1, let beta2, let epsilon):
      .adam(learningRate: learningRate * factor, beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .sgd(let learningRate, let momentum):
      .sgd(learningRate: learningRate * factor, momentum: momentum)
    }
  }

  /// - Throws: `ConfigurationError` naming the first number that is out of range.
  public func validate() throws {
    func require(_ holds: Bool, _ name: String, _ value: Double, _ expected: String) throws {
      guard holds else { throw ConfigurationError(name, "\(value)", expected: expected) }
    }
    try require(
      learningRate.isFinite && learningRate > 0, "learning rate", learningRate, "a number above 0")
    switch self {
    case .adam(_, let beta1, let beta2, let epsilon):
      try require((0..<1).contains(beta1), "adam beta1", beta1, "at least 0 and below 1")
      try require((0..<1).contains(beta2), "adam beta2", beta2, "at least 0 and below 1")
      try require(epsilon.isFinite && epsilon > 0, "epsilon", epsilon, "a number above 0")
    case .sgd(_, let momentum):
      try require((0..<1).contains(momentum), "momentum", momentum, "at least 0 and below 1")
    }
  }
}
