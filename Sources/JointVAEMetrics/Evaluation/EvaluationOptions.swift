import JointVAE

/// What to measure, and how.
public struct EvaluationOptions: Sendable {
  /// How a reconstruction is measured.
  public var reconstruction = ReconstructionMeasure()
  /// Posterior samples an image for the bounds of the log-likelihood; 0 for none.
  public var likelihoodSamples = 1
  /// The seed of these samples.
  public var seed: UInt64 = 0
  /// The discrete variable that is compared with the labels; nil for the one that knows most of
  /// them (by normalized mutual information).
  public var labelVariable: Int?
  /// Whether to compare the agreement with the labels with that of k-means on the pixels, which takes a second for 10,000 small
  /// images.
  public var comparesWithKMeans = false
  /// Categories to take together before they are compared with labels; nil, the default, for none.
  public var merging: CategoryMerging?
  /// What the latents were allowed to carry, `C_z + C_c` at the end of training, in nats; nil when
  /// it is not known.
  public var capacity: Double?
  /// How to score the code against known factors, which takes about a minute; nil, the default, for no such scores.
  public var disentanglement: DisentanglementProtocol?

  /// Images with labels and factors for the scores whose protocol asks for a number of them, which are more than those that
  /// are evaluated; nil for the evaluated images.
  public var protocolImages: (any LabeledImageSource)?
  /// Scores besides: the package's, such as `ProbeScore`, and those of a program's own; none by default.
  public var scores: [any ModelScore] = []

  /// Everything, with one posterior sample an image.
  public init() {}
}
