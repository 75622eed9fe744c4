extension Trainer {
  /// Trains from where it stands to the configured length, or until an observer stops it.
  ///
  /// It blocks until then. An early stop of the settings ends it, too; see ``Trainer/earlyStopStep``.
  ///
  /// - Parameters:
  ///   - images: the training images.
  ///   - validation: images whose loss is measured after each epoch, never trained on.
  ///   - pause: the step to wait at; nil for the full length. It does not change the result.
  ///   - checkpointInterval: steps from one checkpoint event to the next; nil for none.
  ///   - observers: called with every event, in their order.
  /// - Returns: how it ended.
  /// - Throws: `TrainingError`, `ConfigurationError` for epochs of more steps than a run may have, or what an observer
  ///   throws. The trainer stays usable.
  @discardableResult
  public func train(
    on images: some ImageSource, validation: (any ImageSource)? = nil, until pause: Int? = nil,
    checkpointInterval: Int? = nil, observers: [any TrainingObserver]
  ) throws -> TrainingEnding {
    try train(
      on: images, validation: validation, until: pause, checkpointInterval: checkpointInterval
    ) { event in
      // Every observer gets every event: a resumed training will not repeat it.
      var directive = TrainingDirective.proceed
      for observer in observers where try observer.observe(event, of: self) == .stop {
        directive = .stop
      }
      return directive
    }
  }

  /// Trains from where it stands to the configured length, or until `onEvent` stops it.
  ///
  /// It blocks until then; an async form does not. With a team, all its processes call it with the same images and the same
  /// `pause`. Those other than the first get no validation and decide nothing; a stop there is a failure.
  ///
  /// - Parameters:
  ///   - images: the training images.
  ///   - validation: images whose loss is measured after each epoch, never trained on.
  ///   - pause: the step to wait at; nil for the full length. It does not change the result.
  ///   - checkpointInterval: steps from one checkpoint event to the next; nil for none.
  ///   - onEvent: called with every event, on the calling thread. It may save the state or take a snapshot.
  /// - Returns: how it ended.
  /// - Throws: `TrainingError`, `ConfigurationError` for epochs of more steps than a run may have, or what
  ///   `onEvent` throws. The trainer stays usable.
  @discardableResult
  public func train(
    on images: some ImageSource, validation: (any ImageSource)? = nil, until pause: Int? = nil,
    checkpointInterval: Int? = nil,
    onEvent: (TrainingEvent) throws -> TrainingDirective = { _ in .proceed }
  ) throws -> TrainingEnding {
    do {
      let ending = try trainAlone(
        on: images, validation: team.map { $0.rank == 0 } ?? true ? validation : nil,
        until: pause, checkpointInterval: checkpointInterval, onEvent: onEvent)
      if let team, team.rank > 0, ending == .stopped, !team.hasStopped {
        team.announceFailure("it was stopped; stop rank 0, and all others end with it")
      }
      return ending
    } catch {
      team?.announceFailure("\(error)")
      throw error
    }
  }

  /// The training of this process, with what its team adds to each step.
  private func trainAlone(
    on images: some ImageSource, validation: (any ImageSource)?, until pause: Int?,
    checkpointInterval: Int?, onEvent: (TrainingEvent) throws -> TrainingDirective
  ) throws -> TrainingEnding {
    try check(images)
    try configuration.pairing?.neighbors?.validate(imageCount: images.count)
    if let validation { try check(validation) }
    let total = try configuration.totalSteps(imageCount: images.count)
    let last = min(pause ?? total, total)
    prepareEarlyStop(imageCount: images.count)
    var directive = try onEvent(
      .starting(
        TrainingCourse(
          configuration: configuration, imageCount: images.count,
          validationCount: validation?.count ?? 0, stepsDone: step, lastStep: last,
          stepCount: total, earlyStopStep: earlyStopStep)))
    var diagnosis = Diagnosis()
    var order = EpochOrder(imageCount: images.count, configuration)
    while step < last, earlyStopStep == nil, directive == .proceed {
      let (epoch, batch) = order.batch(ofStep: step)
      let others = order.secondBatch(of: batch)
      guard let report = try step(on: images, at: batch, others: others, epoch: epoch + 1) else {
        directive = .stop
        break
      }
      var events: [TrainingEvent] = [.step(report)]
      events += diagnosis.observe(report) { objective.target(of: $0, atStep: .max) }
        .map(TrainingEvent.warning)
      if report.step % order.stepsPerEpoch == 0 {
        let epochReport = core.withLock { core in
          core.closeEpoch(epoch + 1, validation: validation.map { core.validate(on: $0) })
        }
        events.append(.epoch(epochReport))
        events += diagnosis.observe(epochReport, discreteLimit: discreteLimit)
          .map(TrainingEvent.warning)
      }
      // All events of a step count even if one of them stops: a resumed run will not repeat them.
      for event in events where try onEvent(event) == .stop { directive = .stop }
      if directive == .proceed, report.step < last, earlyStopStep == nil, let checkpointInterval,
        report.step % checkpointInterval == 0
      {
        directive = try onEvent(.checkpoint(step: report.step))
      }
    }
    if directive == .stop, team?.rank == 0 { team?.announceStop(afterStep: step) }
    let ending: TrainingEnding =
      step >= total || earlyStopStep != nil
      ? .finished : directive == .stop ? .stopped : .paused
    _ = try onEvent(.ending(ending))
    _ = try onEvent(.ended(ending))
    return ending
  }

  /// One step; nil when the team has ended the training before its end, and the trainer stands as it did before.
  private func step(
    on images: some ImageSource, at batch: ArraySlice<Int>, others: ArraySlice<Int>, epoch: Int
  ) throws -> StepReport? {
    try core.withLock { core in
      do {
        return try core.step(on: images, at: batch, others: others, epoch: epoch)
      } catch  where core.isWhole && team?.hasStopped == true {
        return nil
      }
    }
  }

  /// Begins to watch the objective where the settings want it, or goes on.
  private func prepareEarlyStop(imageCount: Int) {
    guard let earlyStop = configuration.earlyStop else { return }
    let stepsPerEpoch = configuration.stepsPerEpoch(imageCount: imageCount)
    core.withLock { $0.descent.begin(patience: earlyStop.steps(stepsPerEpoch: stepsPerEpoch)) }
  }

  private func check(_ images: some ImageSource) throws {
    guard images.count > 0 else { throw TrainingError.noImages }
    guard images.imageShape == configuration.imageShape else {
      throw TrainingError.shapeMismatch(
        images: images.imageShape, model: configuration.imageShape)
    }
    guard images.count > 1 || !configuration.model.comparesImages else {
      throw ConfigurationError(
        "images to train on", "\(images.count)",
        expected: "at least 2 with \(configuration.model.name.rawValue), "
          + "which compares the images of a batch")
    }
  }
}

/// The batches of a training's epochs; an epoch's order is made once.
private struct EpochOrder {
  let stepsPerEpoch: Int
  private let imageCount: Int
  private let imagesPerStep: Int
  private let seed: UInt64
  private var current: (epoch: Int, order: ImageOrder)

  init(imageCount: Int, _ configuration: TrainingConfiguration) {
    self.imageCount = imageCount
    stepsPerEpoch = configuration.stepsPerEpoch(imageCount: imageCount)
    imagesPerStep = configuration.imagesPerStep
    seed = configuration.seed
    current = (0, ImageOrder(count: imageCount, seed: seed, epoch: 0))
  }

  /// The epoch, from 0, and the images of the step after `step` steps.
  mutating func batch(ofStep step: Int) -> (epoch: Int, indices: ArraySlice<Int>) {
    let epoch = step / stepsPerEpoch
    if current.epoch != epoch {
      current = (epoch, ImageOrder(count: imageCount, seed: seed, epoch: epoch))
    }
    let first = step % stepsPerEpoch * imagesPerStep
    return (
      epoch, current.order.indices[first..<min(first + imagesPerStep, imageCount)]
    )
  }

  /// As many images from half an epoch further on, and from the epoch's beginning where it ends before.
  func secondBatch(of batch: ArraySlice<Int>) -> ArraySlice<Int> {
    batch.indices.map { current.order.indices[($0 + imageCount / 2) % imageCount] }[...]
  }
}
