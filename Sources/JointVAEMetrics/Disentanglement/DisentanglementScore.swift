/// A score of disentanglement with all that one needs to compare it: protocol, counts and seed.
public struct DisentanglementScore: Hashable, Codable, Sendable {
  /// The score's name, such as `mig`.
  public var name: String
  /// How it was computed, such as `mig/locatello`; two scores are comparable only under the same
  /// protocol.
  public var `protocol`: String
  /// The score; 1 is best.
  public var value: Double
  /// Further results, such as completeness.
  public var parts: [String: Double]
  /// Numbers of images, votes, bins and so on that the protocol used.
  public var counts: [String: Int]
  /// Choices that are no counts, such as the rule by which inactive latents are left out.
  public var settings: [String: String]
  /// The seed of what was drawn; nil when nothing was.
  public var seed: UInt64?
  /// How it saw discrete variables; nil when there are none.
  public var discreteCode: DiscreteCode?
  /// Factors that were left out because they have a single value.
  public var constantFactors: [String]

  /// A score.
  public init(
    name: String, protocol: String, value: Double, parts: [String: Double] = [:],
    counts: [String: Int] = [:], settings: [String: String] = [:], seed: UInt64? = nil,
    discreteCode: DiscreteCode? = nil, constantFactors: [String] = []
  ) {
    self.name = name
    self.protocol = `protocol`
    self.value = value
    self.parts = parts
    self.counts = counts
    self.settings = settings
    self.seed = seed
    self.discreteCode = discreteCode
    self.constantFactors = constantFactors
  }
}
