/// What pairs of twins add to the objective, in nats.
public struct PairTerms: Hashable, Codable, Sendable {
  /// The twins' cross entropies, both ways: the mean over pairs, the sum over discrete variables.
  public var consistency: Double
  /// KL of the running mean of alpha from the uniform distribution, the sum over discrete variables.
  public var balance: Double

  /// Both terms.
  public init(consistency: Double, balance: Double) {
    self.consistency = consistency
    self.balance = balance
  }
}
