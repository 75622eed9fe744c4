/// By what the best of several seeds is chosen.
public enum RestartChoice: String, CaseIterable, Hashable, Codable, Sendable {
  /// The smallest loss.
  case loss
  /// The largest UDR (`UDRScore`): the seed whose variables the other seeds find again.
  case udr
  /// The largest agreement (`CategoryAgreement`): the seed whose categories the other seeds find again.
  case agreement

  /// What it compares.
  package var words: String {
    switch self {
    case .loss: "the loss"
    case .udr: "UDR"
    case .agreement: "the agreement of their categories"
    }
  }
}
