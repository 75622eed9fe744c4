import JointVAE

/// What to measure, and how.
public struct EvaluationOptions: Sendable {
  /// The loss of a reconstructed value.
  public var reconstructionLoss = ReconstructionLoss.binaryCrossEntropy
  /// What the mean loss of a value is multiplied by.
  public var reconstructionScale = ReconstructionScale.reference
  /// Posterior samples an image for the bounds of the log-likelihood; 0 for none.
  public var likelihoodSamples = 1
  /// The seed of these samples.
  public var seed: UInt64 = 0
  /// The discrete variable that is compared with the labels; nil for the one that knows most of
  /// them (by normalized mutual information).
  public var labelVariable: Int?
  /// What the latents were allowed to carry, `C_z + C_c` at the end of training, in nats; nil when
  /// nobody knows.
  public var capacity: Double?
  /// The scores against known factors; nil for none.
  public var disentanglement: DisentanglementProtocol? = DisentanglementProtocol()
  /// Threads; they do not change the results. nil for as many as the work is worth.
  public var threads: Int?

  /// Everything, with one posterior sample an image.
  public init() {}
}
