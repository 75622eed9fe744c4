import JointVAE
import JointVAEData

extension TrainingRun {
  /// How a run came to its end.
  public enum Ending: Hashable, Sendable {
    /// It has its full length.
    case finished
    /// It has come to the step at which it was to wait; a checkpoint was written.
    case paused
    /// The user asked it to end with the signal of this number; a checkpoint was written.
    case stopped(signal: Int32)
  }

  /// What a run has to say at its end.
  public struct Result: Hashable, Sendable {
    /// Whether it has its full length.
    public var ending: Ending
    /// Steps done, of earlier starts too.
    public var step: Int
    /// Its last words; nil when there was nothing left to do.
    public var status: TrainingStatus?
    /// What the latents carry.
    public var summary: RunSummary
  }

  /// Trains to the configured length, with checkpoints, logs and pictures on the way and at the end.
  ///
  /// - Parameters:
  ///   - pause: the step to wait at, with a checkpoint and without the animations and the page of a finished run; nil for
  ///     none. What the run leaves in the end does not depend on it.
  ///   - threads: threads to train with; nil for one a core. Does not change the result.
  ///   - instructionSet: what the kernels use; nil for the fastest there is.
  ///   - stop: asked after every step; a signal ends the run with a checkpoint.
  ///   - progress: where to show how it goes.
  /// - Throws: `FileError` when a file cannot be written, `DivergedModel` when the last weights are of no use; what the
  ///   trainer throws. The last checkpoint stays.
  public func train(
    until pause: Int? = nil, threads: Int? = nil, instructionSet: InstructionSet? = nil,
    stop: borrowing StopSignal,
    progress: inout ProgressReporter
  ) throws -> Result {
    let trainer = try makeTrainer(threads: threads, instructionSet: instructionSet)
    let training = configuration.training
    let stepsPerEpoch = training.stepsPerEpoch(imageCount: images.count)
    let steps = try training.totalSteps(imageCount: images.count)
    guard trainer.step <= steps else {
      throw ConfigurationError(
        "length", "\(steps) steps",
        expected: "at least the \(trainer.step) steps that \(folder.path) has done")
    }
    let end = min(pause ?? steps, steps)
    // A new length is kept only now that it is known to be possible.
    if configuration != storedConfiguration {
      try configuration.write(to: folder.configuration)
    }
    progress.note(opening(step: trainer.step))
    for remark in DataSetDescription(images).remarks { progress.note(remark) }
    let recorder = try RunRecorder(self, by: trainer, stepsPerEpoch: stepsPerEpoch)
    var monitor = TrainingMonitor(
      configuration: training, stepsPerEpoch: stepsPerEpoch, totalSteps: end)
    let stopwatch = Stopwatch()
    var signal: Int32?
    var status: TrainingStatus?

    func afterStep(_ step: Int) throws -> TrainingDirective {
      signal = stop.received
      if signal != nil || step >= end { return .stop }
      if step % configuration.checkpointInterval == 0 {
        try recorder.checkpoint(trainer)
      }
      return .proceed
    }

    func record(_ event: TrainingEvent) throws -> TrainingDirective {
      switch event {
      case .step(let report):
        try recorder.record(report, seconds: stopwatch.seconds)
        monitor.add(report)
        if progress.isDue, let current = monitor.status(seconds: stopwatch.seconds) {
          status = current
          progress.show(current)
        }
        // An epoch's last step is followed by its report, which belongs before the checkpoint.
        return report.step % stepsPerEpoch == 0 ? .proceed : try afterStep(report.step)
      case .epoch(let report):
        try recorder.record(report, seconds: stopwatch.seconds, model: trainer.model)
        if let current = monitor.status(report, seconds: stopwatch.seconds) {
          status = current
          progress.show(current)
        }
        return try afterStep(report.step)
      case .warning(let warning):
        progress.note("warning: \(warning)")
        return .proceed
      }
    }

    defer { progress.clear() }
    if trainer.step < end {
      try trainer.train(on: images, validation: validation, onEvent: record)
    }
    // From here on a second signal ends the program at once: the files are written whole or not at all.
    if let late = stop.received {
      signal = signal ?? late
      stop.acceptAndRestore()
    }
    let isFinished = trainer.step >= steps
    if signal == nil && !isFinished {
      return Result(
        ending: .paused, step: trainer.step, status: status, summary: try recorder.pause(trainer))
    }
    if signal != nil && !isFinished {
      progress.note("stopping after step \(trainer.step): writing a checkpoint")
    }
    let summary = try recorder.finish(trainer)
    try HTMLReport(ReportRequest(comparing: [folder])).write(to: folder.report)
    return Result(
      ending: signal.flatMap { isFinished ? nil : .stopped(signal: $0) } ?? .finished,
      step: trainer.step, status: status, summary: summary)
  }

  private func makeTrainer(threads: Int?, instructionSet: InstructionSet?) throws -> Trainer {
    let training = configuration.training
    guard folder.hasState else {
      return try Trainer(
        configuration: training, threads: threads, instructionSet: instructionSet)
    }
    return try Trainer(
      resumingFrom: folder.state, configuration: training, threads: threads,
      instructionSet: instructionSet)
  }
}

/// Seconds since it was made.
struct Stopwatch {
  private let start = ContinuousClock.now

  var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }
}
