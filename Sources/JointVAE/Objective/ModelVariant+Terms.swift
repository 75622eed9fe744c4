extension ModelVariant {
  /// The terms that the model adds to the reconstruction loss.
  func terms(_ configuration: TrainingConfiguration) -> [any ObjectiveTerm] {
    switch self {
    case .jointVAE:
      [CapacityTerm(.continuous, configuration), CapacityTerm(.discrete, configuration)]
    case .vae: [DivergenceSum(weight: 1)]
    case .betaVAE(let beta): [DivergenceSum(weight: beta)]
    case .cciVAE:
      // Of z alone, the capacity is drawn with the KL of z as JointVAE's is.
      configuration.latents.discrete.isEmpty
        ? [CapacityTerm(.continuous, configuration)] : [CommonCapacityTerm(configuration)]
    case .betaTCVAE(let beta, let sampling):
      // The KL holds the total correlation once already.
      [DivergenceSum(weight: 1), TotalCorrelationTerm(weight: beta - 1, sampling: sampling)]
    case .dipVAE1(let offDiagonal, let diagonal):
      [
        DivergenceSum(weight: 1), CovarianceTerm(.offDiagonal, of: .means, weight: offDiagonal),
        CovarianceTerm(.diagonal, of: .means, weight: diagonal),
      ]
    case .dipVAE2(let offDiagonal, let diagonal):
      [
        DivergenceSum(weight: 1), CovarianceTerm(.offDiagonal, of: .samples, weight: offDiagonal),
        CovarianceTerm(.diagonal, of: .samples, weight: diagonal),
      ]
    case .factorVAE(let weight, let units):
      [
        DivergenceSum(weight: 1),
        DiscriminatorTerm(configuration.latents, weight: weight, units: units),
      ]
    }
  }
}
