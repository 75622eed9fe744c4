import JointVAE

extension ReconstructionLoss {
  /// The loss as the command line and config.json name it: `bce`, `mse` or `cauchy:0.5`.
  public var text: String {
    switch self {
    case .binaryCrossEntropy: "bce"
    case .meanSquaredError: "mse"
    case .cauchy(let scale): "cauchy:\(scale)"
    }
  }

  /// The loss that `text` names; `cauchy` alone has scale 1.
  /// - Throws: `ConfigurationError` when there is none.
  public init(text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    switch (parts.first, parts.dropFirst().first) {
    case ("bce", nil): self = .binaryCrossEntropy
    case ("mse", nil): self = .meanSquaredError
    case ("cauchy", nil): self = .cauchy(scale: 1)
    case ("cauchy", let scale?):
      guard let scale = Double(scale), scale.isFinite, scale > 0 else { fallthrough }
      self = .cauchy(scale: scale)
    default:
      throw ConfigurationError(
        "loss", text, expected: "bce, mse, or cauchy:C with a scale C above 0, such as cauchy:0.5")
    }
  }
}
