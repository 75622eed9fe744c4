extension Recipe {
  /// Settings of the models beside JointVAE on dSprites, as the study of Locatello et al. (2019, appendix) trained them: ten
  /// continuous latents, batches of 64, Adam with a step size of 1e-4, 300,000 steps.
  ///
  /// The study tried six weights for each model. These recipes have one in the middle; the network is this package's.
  ///
  /// - Parameters:
  ///   - model: with its weights.
  ///   - capacity: of CCI-VAE.
  private static func dSprites(
    _ model: ModelVariant, capacity: Capacity = Capacity(maximum: 0, rampSteps: 1, weight: 0)
  ) -> Recipe {
    var recipe = Recipe(
      name: "dsprites-\(model.name.rawValue)", isPublished: false, imageSize: 64,
      latents: LatentSpec(continuous: 10), continuousCapacity: capacity,
      discreteCapacity: Capacity(maximum: 0, rampSteps: 1, weight: 0), learningRate: 1e-4,
      length: .steps(300_000))
    recipe.training.model = model
    return recipe
  }

  /// The recipes of models beside JointVAE, each called `dsprites-` and the model.
  static let family: [Recipe] = [
    dSprites(.vae), dSprites(.betaVAE(beta: 4)),
    dSprites(.cciVAE, capacity: Capacity(maximum: 25, rampSteps: 100_000, weight: 1_000)),
    dSprites(.betaTCVAE(beta: 6)), dSprites(.dipVAE1(offDiagonal: 10, diagonal: 100)),
    dSprites(.dipVAE2(offDiagonal: 10, diagonal: 10)),
    dSprites(.factorVAE(weight: 30, units: 1_000)),
  ]
}
