/// Watches a training: logs, pictures, progress, and what decides when to stop are observers.
///
/// A trainer calls its observers in their order, on the thread that trains, and waits for them. What one throws ends the
/// training; the trainer stays usable.
public protocol TrainingObserver: AnyObject {
  /// Takes in what has just happened. It may save the trainer's state or take a snapshot of its model.
  ///
  /// - Returns: `.stop` to end the training after this step, or before the first. It does not count at the end.
  func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective
}

/// An observer that is a function.
public final class FunctionObserver: TrainingObserver {
  private let body: (TrainingEvent, Trainer) throws -> TrainingDirective

  /// Calls `body` with every event and the trainer it comes from.
  public init(_ body: @escaping (TrainingEvent, Trainer) throws -> TrainingDirective) {
    self.body = body
  }

  /// Calls the function.
  public func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    try body(event, trainer)
  }
}

/// What a start of a training is about to do.
public struct TrainingCourse: Hashable, Sendable {
  /// Every setting.
  public var configuration: TrainingConfiguration
  /// Images to learn from.
  public var imageCount: Int
  /// Images held back for validation.
  public var validationCount: Int
  /// Steps done before, by earlier starts.
  public var stepsDone: Int
  /// The step after which this start ends.
  public var lastStep: Int
  /// Steps of the whole training.
  public var stepCount: Int
  /// The step after which an early stop has ended the training before; nil when it may go on.
  public var earlyStopStep: Int?

  /// Steps of an epoch.
  public var stepsPerEpoch: Int { configuration.stepsPerEpoch(imageCount: imageCount) }
}

/// How a start of a training came to its end.
public enum TrainingEnding: Hashable, Sendable {
  /// The training has its full length, or its early stop has ended it.
  case finished
  /// It has come to the step at which it was to wait.
  case paused
  /// An observer asked it to stop.
  case stopped
}
