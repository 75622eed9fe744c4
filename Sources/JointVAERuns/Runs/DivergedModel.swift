/// The last weights of a run give numbers that are infinite or undefined, so they are not kept.
public struct DivergedModel: Error, Equatable, CustomStringConvertible, Sendable {
  /// The run's folder.
  public var run: String
  /// The weights' step.
  public var step: Int

  /// What is wrong, and what to do.
  public var description: String {
    "\(run): the model of step \(step) gives a KL that is not finite; an earlier checkpoint is "
      + "kept. Try a lower learning rate or smaller capacity weights"
  }
}
