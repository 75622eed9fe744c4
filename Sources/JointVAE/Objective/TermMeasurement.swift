/// A number of a term under the term's name, in nats an image.
public struct TermMeasurement: Hashable, Codable, Sendable {
  /// The term's name, a column of metrics.csv.
  public var name: String
  /// The term's value without its weight, or its target.
  public var value: Double
  /// Whose divergence `value` is the target of; nil when it is the term's value.
  public var target: LatentKind?

  /// A named number.
  public init(name: String, value: Double, target: LatentKind? = nil) {
    self.name = name
    self.value = value
    self.target = target
  }
}

extension [TermMeasurement] {
  /// The KL that a divergence is drawn to, in nats; nil when no term has one.
  public func target(of kind: LatentKind) -> Double? { first { $0.target == kind }?.value }

  /// The number of the term of this name; nil when there is none.
  public subscript(name: String) -> Double? { first { $0.name == name }?.value }
}

/// Continuous or discrete latent variables.
public enum LatentKind: String, CaseIterable, Hashable, Codable, Sendable {
  /// z.
  case continuous
  /// c.
  case discrete

  /// What the paper and columns call it.
  package var symbol: String { self == .continuous ? "z" : "c" }
}
