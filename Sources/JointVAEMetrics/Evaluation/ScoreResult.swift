/// What a score found, with all that one needs to compare it: protocol, counts and seed.
public struct ScoreResult: Hashable, Sendable {
  /// The score's name, such as `mig`; of a program's own score, its only one.
  public var name: String
  /// How it was computed, such as `mig/locatello`. Two results are comparable only under the same protocol.
  public var `protocol`: String
  /// The score.
  public var value: Double
  /// What tables with little room call it, such as `MIG`; nil for its protocol.
  public var title: String?
  /// Which of two values is the better one; nil where neither is.
  public var preference: ScorePreference?
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

  /// A result.
  ///
  /// - Parameters:
  ///   - name: the score's name.
  ///   - protocol: how it was computed; nil where the name says it all.
  ///   - value: the score.
  ///   - title: what tables with little room call it; nil for its protocol.
  ///   - preference: which of two values is the better one; nil where neither is.
  ///   - parts: further results, by name.
  ///   - counts: numbers that the protocol used, by name.
  ///   - settings: other choices, by name.
  ///   - seed: of what was drawn.
  ///   - discreteCode: how it saw discrete variables.
  ///   - constantFactors: factors that were left out.
  public init(
    name: String, protocol: String? = nil, value: Double, title: String? = nil,
    preference: ScorePreference? = .larger, parts: [String: Double] = [:],
    counts: [String: Int] = [:], settings: [String: String] = [:], seed: UInt64? = nil,
    discreteCode: DiscreteCode? = nil, constantFactors: [String] = []
  ) {
    self.name = name
    self.protocol = `protocol` ?? name
    self.value = value
    self.title = title
    self.preference = preference
    self.parts = parts
    self.counts = counts
    self.settings = settings
    self.seed = seed
    self.discreteCode = discreteCode
    self.constantFactors = constantFactors
  }

  /// What tells it from all other results of a model: its protocol and its code.
  public var key: String { `protocol` + (discreteCode.map { " (\($0.rawValue))" } ?? "") }
}

/// A score against known factors; the name that `ScoreResult` had when there were no others.
public typealias DisentanglementScore = ScoreResult

/// A value of a program's own score; another name of `ScoreResult`.
public typealias NamedScore = ScoreResult

extension ScoreResult: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, `protocol`, value, title, preference, parts, counts, settings, seed, discreteCode
    case constantFactors
  }

  /// Reads a result. What is missing is empty, so that those of older versions can be read.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let known = try values.decodeIfPresent(String.self, forKey: .protocol)
    // Older versions did not write the preference of scores with a protocol.
    let isOld = known != nil && !values.contains(.title)
    self.init(
      name: try values.decode(String.self, forKey: .name), protocol: known,
      value: try values.decode(Double.self, forKey: .value),
      title: try values.decodeIfPresent(String.self, forKey: .title),
      preference: try values.decodeIfPresent(ScorePreference.self, forKey: .preference)
        ?? (isOld ? .larger : nil),
      parts: try values.decodeIfPresent([String: Double].self, forKey: .parts) ?? [:],
      counts: try values.decodeIfPresent([String: Int].self, forKey: .counts) ?? [:],
      settings: try values.decodeIfPresent([String: String].self, forKey: .settings) ?? [:],
      seed: try values.decodeIfPresent(UInt64.self, forKey: .seed),
      discreteCode: try values.decodeIfPresent(DiscreteCode.self, forKey: .discreteCode),
      constantFactors: try values.decodeIfPresent([String].self, forKey: .constantFactors) ?? [])
  }

  /// Writes a result; of a program's own score, which has a value alone, no more than that.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(name, forKey: .name)
    try values.encode(value, forKey: .value)
    try values.encodeIfPresent(title, forKey: .title)
    try values.encodeIfPresent(preference, forKey: .preference)
    try values.encodeIfPresent(seed, forKey: .seed)
    try values.encodeIfPresent(discreteCode, forKey: .discreteCode)
    let isPlain = `protocol` == name && parts.isEmpty && counts.isEmpty && settings.isEmpty
    guard !isPlain else { return }
    try values.encode(`protocol`, forKey: .protocol)
    try values.encode(parts, forKey: .parts)
    try values.encode(counts, forKey: .counts)
    try values.encode(settings, forKey: .settings)
    try values.encode(constantFactors, forKey: .constantFactors)
  }
}
