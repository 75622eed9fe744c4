extension Recipe {
  /// The recipes of models beside JointVAE, each called by its data set and its model, such as `dsprites-beta-vae`.
  ///
  /// Those for dSprites have the settings of Locatello et al. (2019, appendix): a step size of 1e-4 and 300,000 steps. The study
  /// tried six weights for each model; these have one in the middle. Those for MNIST and chairs have the settings of Dubois et
  /// al. (2019, disentangling-vae): a step size of 5e-4, or 1e-4 for FactorVAE, and as many epochs for all models of a set.
  static let family: [Recipe] =
    [
      .vae, .betaVAE(beta: 4), .cciVAE, .betaTCVAE(beta: 6),
      .dipVAE1(offDiagonal: 10, diagonal: 100), .dipVAE2(offDiagonal: 10, diagonal: 10),
      .factorVAE(weight: 30, units: 1_000),
    ].map { published("dsprites", $0, imageSize: 64, stepSize: 1e-4, length: .steps(300_000)) }
    + [
      .vae, .betaVAE(beta: 4), .cciVAE, .betaTCVAE(beta: 6), .factorVAE(weight: 6, units: 1_000),
    ].map { published("mnist", $0, imageSize: 32, stepSize: stepSize($0), length: .epochs(400)) }
    + [
      .vae, .betaVAE(beta: 4), .cciVAE, .betaTCVAE(beta: 3.2),
      .factorVAE(weight: 3.2, units: 1_000),
    ].map { published("chairs", $0, imageSize: 64, stepSize: stepSize($0), length: .epochs(300)) }

  /// The forms of their names, for lists of what there is.
  static let familyNames = ["dsprites-MODEL", "mnist-MODEL", "chairs-MODEL"]

  /// That of Dubois et al.
  private static func stepSize(_ model: ModelVariant) -> Double {
    model.name == .factorVAE ? 1e-4 : 5e-4
  }

  /// Ten continuous latents, batches of 64, the network of this package, and for CCI-VAE the capacity of Burgess et al. (2018).
  private static func published(
    _ dataSet: String, _ model: ModelVariant, imageSize: ImageSize, stepSize: Double,
    length: TrainingLength
  ) -> Recipe {
    let none = Capacity(maximum: 0, rampSteps: 1, weight: 0)
    var recipe = Recipe(
      name: "\(dataSet)-\(model.name.rawValue)", isPublished: false, imageSize: imageSize,
      latents: LatentSpec(continuous: 10),
      continuousCapacity: model.name == .cciVAE
        ? Capacity(maximum: 25, rampSteps: 100_000, weight: 1_000) : none,
      discreteCapacity: none, learningRate: stepSize, length: length)
    recipe.training.model = model
    return recipe
  }
}
