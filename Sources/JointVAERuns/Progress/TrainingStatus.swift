import JointVAE

/// Where a training run stands, in the numbers a person follows.
public struct TrainingStatus: Hashable, Sendable {
  /// The epoch, from 1.
  public var epoch: Int
  /// Epochs in all; the last may be cut short when the run's length is given in steps.
  public var epochs: Int
  /// Steps done.
  public var step: Int
  /// Steps in all.
  public var steps: Int
  /// Images a second; nil until it is known.
  public var imagesPerSecond: Double?
  /// The time left, in seconds; nil until it is known.
  public var secondsLeft: Double?
  /// The loss of one image, in nats: the reference prints it on this scale.
  public var loss: Double
  /// The same of the validation images; nil unless an epoch has just ended and there are some.
  public var validationLoss: Double?
  /// KL_z and C_z in nats; nil without continuous latents.
  public var continuous: KLAgainstCapacity?
  /// KL_c and C_c in nats; nil without discrete latents.
  public var discrete: KLAgainstCapacity?
  /// The values of the objective's other terms, by name.
  public var terms: [TermMeasurement]
  /// Dimensions of z with a KL above 0.1 nats.
  public var activeDimensions: Int
  /// Dimensions of z.
  public var dimensions: Int
  /// Categories that some image takes, of all discrete variables together.
  public var usedCategories: Int
  /// Categories of all discrete variables together.
  public var categories: Int

  /// A KL divergence and the capacity it is drawn to.
  public struct KLAgainstCapacity: Hashable, Sendable {
    /// Nats.
    public var kl: Double
    /// Nats; nil when no term draws the divergence anywhere.
    public var capacity: Double?

    /// A KL divergence and its capacity, in nats.
    public init(kl: Double, capacity: Double?) {
      self.kl = kl
      self.capacity = capacity
    }
  }
}
