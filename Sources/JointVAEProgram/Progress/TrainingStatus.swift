import JointVAE

/// Where a training run stands, in the numbers a person follows.
package struct TrainingStatus: Hashable, Sendable {
  /// The epoch, from 1.
  package var epoch: Int
  /// Epochs in all; the last may be cut short when the run's length is given in steps.
  package var epochs: Int
  /// Steps done.
  package var step: Int
  /// Steps in all.
  package var steps: Int
  /// Images a second; nil until it is known.
  package var imagesPerSecond: Double?
  /// The time left, in seconds; nil until it is known.
  package var secondsLeft: Double?
  /// The loss of one image, in nats: the reference prints it on this scale.
  package var loss: Double
  /// The same of the validation images; nil unless an epoch has just ended and there are some.
  package var validationLoss: Double?
  /// KL_z and C_z in nats; nil without continuous latents.
  package var continuous: KLAgainstCapacity?
  /// KL_c and C_c in nats; nil without discrete latents.
  package var discrete: KLAgainstCapacity?
  /// The values of the objective's other terms, by name.
  package var terms: [TermMeasurement]
  /// Dimensions of z that carried more than 0.1 nats about the last epoch's images; nil before its end.
  package var activeDimensions: Int?
  /// Dimensions of z.
  package var dimensions: Int
  /// Categories that some image takes, of all discrete variables together.
  package var usedCategories: Int
  /// Categories of all discrete variables together.
  package var categories: Int

  /// A KL divergence and the capacity it is drawn to.
  package struct KLAgainstCapacity: Hashable, Sendable {
    /// Nats.
    package var kl: Double
    /// Nats; nil when no term draws the divergence anywhere.
    package var capacity: Double?

    /// A KL divergence and its capacity, in nats.
    package init(kl: Double, capacity: Double?) {
      self.kl = kl
      self.capacity = capacity
    }
  }
}
