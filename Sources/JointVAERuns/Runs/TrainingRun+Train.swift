import JointVAE
import JointVAECluster
import JointVAEData

extension TrainingRun {
  /// What a run has to say at its end.
  public struct Result: Hashable, Sendable {
    /// Whether it has its full length.
    public var ending: TrainingEnding
    /// Steps done, of earlier starts too.
    public var step: Int
    /// What the latents carry.
    public var summary: RunSummary
  }

  /// Trains to the configured length, with checkpoints, logs and pictures on the way and at the end.
  ///
  /// - Parameters:
  ///   - pause: the step to wait at, with a checkpoint and without the animations of a finished run; nil for none. What
  ///     the run leaves in the end does not depend on it.
  ///   - compute: threads and instructions; they do not change the result.
  ///   - observers: progress, pages and what decides when to stop. They see each event before the run's own logs,
  ///     checkpoints and pictures do; at `.ended` all files are written.
  ///   - team: ranks that train it together, of which this is rank 0; the others call ``follow(_:catalog:compute:)``.
  /// - Throws: `FileError` when a file cannot be written, `DivergedModel` when the last weights are of no use; what the
  ///   trainer and the observers throw. The last checkpoint stays.
  public func train(
    until pause: Int? = nil, compute: Compute = .automatic,
    observers: [any TrainingObserver] = [], team: RankTeam? = nil
  ) throws -> Result {
    let trainer: Trainer
    do { trainer = try start(compute, team) } catch {
      withdraw()
      throw error
    }
    let steps = try configuration.training.totalSteps(imageCount: images.count)
    guard trainer.step <= steps else {
      throw ConfigurationError(
        "length", "\(steps) steps",
        expected: "at least the \(trainer.step) steps that \(folder.path) has done")
    }
    // A new length is kept only now that it is known to be possible.
    if configuration != storedConfiguration {
      try configuration.write(to: folder.configuration)
    }
    let log = try MetricsLog(
      in: folder, objective: trainer.objective, interval: configuration.logInterval,
      hasValidation: validation != nil, after: trainer.step)
    let frames = TrainingFrames(folder)
    let checkpoints = CheckpointWriter(self, frames: frames)
    // The rows first: a resumed run counts on those before its checkpoint.
    let ending = try trainer.train(
      on: images, validation: validation, until: pause,
      checkpointInterval: configuration.checkpointInterval,
      observers: observers + [log, frames, checkpoints])
    guard let summary = checkpoints.summary else {
      throw DivergedModel(run: folder.path, step: trainer.step)
    }
    return Result(ending: ending, step: trainer.step, summary: summary)
  }
}

extension TrainingRun {
  /// A trainer that is ready for the next step, with all ranks of a team.
  private func start(_ compute: Compute, _ team: RankTeam?) throws -> Trainer {
    guard let team else {
      return try Self.makeTrainer(configuration.training, in: folder, compute, nil)
    }
    try TeamStart(self).send(to: team)
    let trainer = Swift.Result {
      try Self.makeTrainer(configuration.training, in: folder, compute, team)
    }
    var failure: (any Error)?
    if case .failure(let error) = trainer { failure = error }
    try TeamStart.requireReady(failure, team)
    return try trainer.get()
  }
}

/// Seconds since it was made.
package struct Stopwatch {
  private let start = ContinuousClock.now

  /// Starts it.
  package init() {}

  /// The time since its start.
  package var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
