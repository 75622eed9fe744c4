import JointVAE
import JointVAEData

extension TrainingRun {
  /// How a run came to its end.
  public enum Ending: Hashable, Sendable {
    /// It has its full length.
    case finished
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
  ///   - threads: threads to train with; nil for one a core. Does not change the result.
  ///   - instructionSet: what the kernels use; nil for the fastest there is.
  ///   - stop: asked after every step; a signal ends the run with a checkpoint.
  ///   - progress: where to show how it goes.
  /// - Throws: `FileError` when a file cannot be written; what the trainer throws. The last checkpoint stays.
  public func train(
    threads: Int? = nil, instructionSet: InstructionSet? = nil, stop: borrowing StopSignal,
    progress: inout ProgressReporter
  ) throws -> Result {
    let trainer = try makeTrainer(threads: threads, instructionSet: instructionSet)
    let stepsPerEpoch = trainer.stepsPerEpoch(imageCount: images.count)
    let steps = trainer.totalSteps(imageCount: images.count)
    guard trainer.step <= steps else {
      throw ConfigurationError(
        "length", "\(steps) steps",
        expected: "at least the \(trainer.step) steps that \(folder.path) has done")
    }
    // A new length is kept only now that it is known to be possible.
    if configuration != storedConfiguration {
      try configuration.write(to: folder.configuration)
    }
    progress.note(opening(step: trainer.step))
    for remark in DataSetDescription(images).remarks { progress.note(remark) }
    let recorder = try RunRecorder(self, after: trainer.step, stepsPerEpoch: stepsPerEpoch)
    var monitor = TrainingMonitor(
      configuration: configuration.training, stepsPerEpoch: stepsPerEpoch, totalSteps: steps)
    let stopwatch = Stopwatch()
    var signal: Int32?
    var status: TrainingStatus?

    func afterStep(_ step: Int) throws -> TrainingDirective {
      signal = stop.received
      if signal != nil { return .stop }
      if step % configuration.checkpointInterval == 0 && step < steps {
        try recorder.checkpoint(trainer)
      }
      return .proceed
    }

    defer { progress.clear() }
    try trainer.train(on: images, validation: validation) { event in
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
    // From here on a second signal ends the program at once: the files are written whole or not at all.
    if stop.received != nil { stop.acceptAndRestore() }
    if signal != nil { progress.note("stopping after step \(trainer.step): writing a checkpoint") }
    let summary = try recorder.finish(trainer)
    try HTMLReport(ReportRequest(comparing: [folder])).write(to: folder.report)
    return Result(
      ending: signal.flatMap { trainer.step < steps ? .stopped(signal: $0) : nil } ?? .finished,
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
