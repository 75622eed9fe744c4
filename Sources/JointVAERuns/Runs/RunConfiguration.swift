import JointVAE
import JointVAEFiles

/// Everything that decides what a run computes, and on which images: the contents of `config.json`.
public struct RunConfiguration: Hashable, Sendable {
  /// The settings of the training.
  public var training: TrainingConfiguration
  /// The images.
  public var images: ImagesReference
  /// The recipe the settings started from.
  public var recipe: String
  /// Steps from one row of metrics.csv to the next.
  public var logInterval: Int
  /// Steps from one checkpoint to the next.
  public var checkpointInterval: Int

  /// The configuration of a new run.
  public init(
    training: TrainingConfiguration, images: ImagesReference, recipe: String,
    logInterval: Int = 50, checkpointInterval: Int = 1000
  ) {
    self.training = training
    self.images = images
    self.recipe = recipe
    self.logInterval = logInterval
    self.checkpointInterval = checkpointInterval
  }

  /// - Throws: `ConfigurationError` naming the first setting that cannot be.
  public func validate() throws {
    try training.validate()
    if let limit = images.request.limit, limit < 1 {
      throw ConfigurationError("limit", "\(limit)", expected: "at least 1 image")
    }
    guard logInterval >= 1 else {
      throw ConfigurationError("log interval", "\(logInterval)", expected: "at least 1 step")
    }
    guard checkpointInterval >= 1 else {
      throw ConfigurationError(
        "checkpoint interval", "\(checkpointInterval)", expected: "at least 1 step")
    }
  }
}
