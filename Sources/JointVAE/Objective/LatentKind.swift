/// Continuous or discrete latent variables.
public enum LatentKind: String, CaseIterable, Hashable, Codable, Sendable {
  /// z.
  case continuous
  /// c.
  case discrete

  /// What the paper and columns call it.
  package var symbol: String { self == .continuous ? "z" : "c" }
}
