/// What a trainer reports while it works.
public enum TrainingEvent: Sendable {
  /// The training is about to begin, or to go on.
  case starting(TrainingCourse)
  /// A step is done.
  case step(StepReport)
  /// An epoch is done: all training images have been seen once more.
  case epoch(EpochReport)
  /// Something that looks wrong, with advice.
  case warning(TrainingWarning)
  /// A checkpoint of this step is due.
  case checkpoint(step: Int)
  /// The last step of this start is done; what is to be kept is written now.
  case ending(TrainingEnding)
  /// All observers have taken in the ending.
  case ended(TrainingEnding)
}

/// What the receiver of an event wants next.
public enum TrainingDirective: Sendable {
  /// Go on.
  case proceed
  /// Return after this event.
  case stop
}

/// One weight update.
public struct StepReport: Hashable, Sendable {
  /// Counted from 1.
  public var step: Int
  /// Counted from 1.
  public var epoch: Int
  /// Images of the batch.
  public var imageCount: Int
  /// Means over the batch, with sampled latents, before the update.
  public var terms: LossTerms
  /// For each discrete variable, the batch's images by their most probable category.
  public var categoryCounts: [[Int]]
  /// alpha and c of the adaptive loss before the update; nil for all others.
  public var learnedLoss: RobustLoss?
}

/// One pass over the training images.
public struct EpochReport: Hashable, Sendable {
  /// Counted from 1.
  public var epoch: Int
  /// The epoch's last step.
  public var step: Int
  /// Means over the epoch's images, each counted once; targets of terms are the last step's.
  public var training: LossTerms
  /// Means over the validation images, with z its mean and c its most probable category; nil without such images.
  ///
  /// Terms that depend on the latents of a batch have no part in them.
  public var validation: LossTerms?
  /// For each discrete variable, the epoch's images by their most probable category.
  public var categoryCounts: [[Int]]
  /// What the latents carry about the epoch's images at most, while the weights changed; nil when no image was counted.
  public var information: InformationBound?

  /// Categories that at least one image took, and how many there are.
  public var categoriesUsed: (used: Int, of: Int) {
    let all = categoryCounts.joined()
    return (all.count { $0 > 0 }, all.count)
  }
}
