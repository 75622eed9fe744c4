import JointVAEFiles

/// FactorVAE's estimate of the total correlation of z and c, by a discriminator that learns beside the model (Kim and Mnih
/// 2018, section 3, algorithm 2).
struct DiscriminatorTerm: LearningTerm {
  let name = "total_correlation"
  let weight: Double
  private let latents: LatentSpec
  private let units: Int
  /// nil until the training begins.
  private var discriminator: Discriminator?

  /// - Parameter units: of each hidden layer of the discriminator.
  init(_ latents: LatentSpec, weight: Double, units: Int) {
    self.latents = latents
    self.weight = weight
    self.units = units
  }

  func weight(atStep step: Int) -> Double { weight }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    discriminator?.evaluate(batch, weight: weight, adding: &gradient) ?? 0
  }

  func begun(_ machine: LearningMachine) -> DiscriminatorTerm {
    var term = self
    term.discriminator = Discriminator(
      latents, units: units, samples: machine.samples, seed: machine.seed,
      workers: machine.workers, instructions: machine.instructions)
    return term
  }

  func learn(from other: LatentBatch) { discriminator?.learn(from: other) }

  var tensors: [NamedTensor] { discriminator?.tensors ?? [] }

  var firstTensorNotFinite: String? { discriminator?.firstTensorNotFinite }

  func restore(from file: Safetensors, path: String) throws {
    try discriminator?.restore(from: file, path: path)
  }
}
