import Foundation

/// How long a run lasts.
public enum TrainingLength: Hashable, Codable, Sendable {
  /// Passes over the training images; the last batch of a pass may be short.
  case epochs(Int)
  /// Weight updates.
  case steps(Int)
}

/// Every setting that decides what a training run computes, to the last bit.
public struct TrainingConfiguration: Hashable, Codable, Sendable {
  /// The shape of the images.
  public var imageShape: ImageShape
  /// The latent variables.
  public var latents: LatentSpec
  /// The model that is trained; nil for JointVAE. ``model`` has it without the nil.
  package var variant: ModelVariant?
  /// Stages, channels and hidden units of the network; nil for the paper's.
  public var widths: NetworkWidths?
  /// The loss of a reconstructed value.
  public var reconstructionLoss = ReconstructionLoss.binaryCrossEntropy
  /// The factor of the mean reconstruction loss.
  public var reconstructionScale = ReconstructionScale.reference
  /// C_z and gamma_z. Without continuous latents it has no effect.
  public var continuousCapacity = Capacity(maximum: 5, rampSteps: 25_000, weight: 30)
  /// C_c and gamma_c, also clamped to `sum log K`. Without discrete latents it has no effect.
  public var discreteCapacity = Capacity(maximum: 5, rampSteps: 25_000, weight: 30)
  /// The temperature T of the Gumbel-softmax samples.
  public var temperature = 0.67
  /// What every reconstruction is before the first step, 0 black to 1 white: one value, or one for each channel; nil for
  /// what initial weights alone give, about 0.5.
  ///
  /// The biases of the output layer begin there, so that no step has to learn the background. A trainer that starts from
  /// given weights keeps theirs.
  public var initialOutput: [Double]?
  /// The optimizer.
  public var optimizer = Optimizer.adam()
  /// The share of its step size that the optimizer comes down to; nil for the same to the end.
  public var learningRateDecay: Ramp?
  /// The largest norm of all gradients together that the optimizer is given; nil for any.
  public var gradientClip: Double?
  /// Images a step, twins included.
  public var batchSize = 64
  /// Trains on pairs of twins; nil for images as they are.
  public var pairing: Pairing?
  /// Epochs or steps.
  public var length = TrainingLength.epochs(100)
  /// When to end before that, once the objective no longer falls; nil for never.
  public var earlyStop: EarlyStop?
  /// Fixes initial weights, the order of the images and all noise.
  public var seed: UInt64 = 1
  /// Gradient accumulators a batch is dealt to. Part of the result; the number of threads is not.
  public var lanes = 8

  /// How a reconstruction is measured: loss and scale together.
  public var reconstruction: ReconstructionMeasure {
    get { ReconstructionMeasure(loss: reconstructionLoss, scale: reconstructionScale) }
    set { (reconstructionLoss, reconstructionScale) = (newValue.loss, newValue.scale) }
  }

  /// Settings of the reference's MNIST recipe for images of `imageShape`.
  public init(imageShape: ImageShape, latents: LatentSpec) {
    self.imageShape = imageShape
    self.latents = latents
  }

  /// What the balance of pairs should exceed: the weight of c's capacity and twice the consistency's; nil without
  /// pairs, or without categories to balance.
  ///
  /// Both reward every image for being sure of its category, and all images can be sure of the same one.
  public var leastBalanceWeight: Double? {
    guard let pairing, !latents.discrete.isEmpty else { return nil }
    return discreteCapacity.weight + 2 * pairing.consistencyWeight
  }

  /// The optimizer with its step size at a step, counted from 1.
  public func optimizer(atStep step: Int) -> Optimizer {
    guard let learningRateDecay, step > learningRateDecay.start else { return optimizer }
    return optimizer.scaled(by: learningRateDecay.value(atStep: step, before: 1))
  }

  /// - Throws: `ConfigurationError` naming the first setting that cannot be, its value and what it may be.
  public func validate() throws {
    _ = try network()
    try reconstructionLoss.validate()
    try continuousCapacity.validate(name: "continuous capacity")
    try discreteCapacity.validate(name: "discrete capacity")
    guard temperature.isFinite, temperature > 0 else {
      throw ConfigurationError("temperature", "\(temperature)", expected: "a number above 0")
    }
    try validateInitialOutput()
    try optimizer.validate()
    if let gradientClip, !(gradientClip.isFinite && gradientClip > 0) {
      throw ConfigurationError("gradient clip", "\(gradientClip)", expected: "a number above 0")
    }
    if let learningRateDecay {
      try learningRateDecay.validate(name: "learning rate decay")
      guard learningRateDecay.value > 0, learningRateDecay.value <= 1 else {
        throw ConfigurationError(
          "learning rate decay", "\(learningRateDecay.value)",
          expected: "a share above 0 and at most 1")
      }
    }
    guard (1...65_536).contains(batchSize) else {
      throw ConfigurationError("batch size", "\(batchSize)", expected: "from 1 to 65536 images")
    }
    try validateModel()
    try pairing?.validate()
    if pairing != nil && batchSize % 2 != 0 {
      throw ConfigurationError(
        "batch size", "\(batchSize)", expected: "an even number, as batches are pairs")
    }
    try earlyStop?.validate()
    guard (1...256).contains(lanes) else {
      throw ConfigurationError("lanes", "\(lanes)", expected: "from 1 to 256")
    }
    switch length {
    case .epochs(let count):
      guard count >= 1 else {
        throw ConfigurationError("epochs", "\(count)", expected: "at least 1")
      }
    case .steps(let count):
      guard count >= 1 else {
        throw ConfigurationError("steps", "\(count)", expected: "at least 1")
      }
      guard count <= Self.stepLimit else {
        throw ConfigurationError("steps", "\(count)", expected: "at most \(Self.stepLimit)")
      }
    }
  }
}
