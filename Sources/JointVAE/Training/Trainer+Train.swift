import Foundation

extension Trainer {
  /// Trains from where it stands to the configured length.
  ///
  /// - Parameters:
  ///   - images: the training images.
  ///   - validation: images whose loss is measured after each epoch, never trained on.
  ///   - onEvent: called after every step and epoch, on the calling thread. It may save the state or take a snapshot.
  /// - Throws: `TrainingError`, `ConfigurationError` for epochs of more steps than a run may have, or what
  ///   `onEvent` throws. The trainer stays usable.
  public func train(
    on images: some ImageSource, validation: (any ImageSource)? = nil,
    onEvent: (TrainingEvent) throws -> TrainingDirective = { _ in .proceed }
  ) throws {
    try check(images)
    if let validation { try check(validation) }
    let perEpoch = configuration.stepsPerEpoch(imageCount: images.count)
    let total = try configuration.totalSteps(imageCount: images.count)
    var diagnosis = Diagnosis()
    var order: (epoch: Int, order: ImageOrder)?
    while step < total {
      let done = step
      let epoch = done / perEpoch
      if order?.epoch != epoch {
        order = (
          epoch, ImageOrder(count: images.count, seed: configuration.seed, epoch: epoch)
        )
      }
      guard let indices = order?.order.indices else { return }
      let first = done % perEpoch * configuration.imagesPerStep
      let batch = indices[first..<min(first + configuration.imagesPerStep, indices.count)]
      let report = try step(on: images, at: batch, epoch: epoch + 1)
      var events: [TrainingEvent] = [.step(report)]
      events += diagnosis.observe(report).map(TrainingEvent.warning)
      if report.step % perEpoch == 0 {
        let terms = validation.map { validate(on: $0) }
        let epochReport = closeEpoch(epoch + 1, validation: terms)
        events.append(.epoch(epochReport))
        events += diagnosis.observe(epochReport, discreteLimit: discreteLimit)
          .map(TrainingEvent.warning)
      }
      // All events of a step are told even if one of them asks to stop: a resumed run will not repeat them.
      var directive = TrainingDirective.proceed
      for event in events where try onEvent(event) == .stop { directive = .stop }
      if directive == .stop { return }
    }
  }

  /// Trains on a thread of its own and tells of it as a sequence.
  ///
  /// Leaving the loop, or cancelling the task that reads it, stops the training after the current step.
  public func events(
    on images: some ImageSource, validation: (any ImageSource)? = nil
  ) -> AsyncThrowingStream<TrainingEvent, any Error> {
    AsyncThrowingStream { continuation in
      let thread = Thread {
        do {
          try self.train(on: images, validation: validation) { event in
            if case .terminated = continuation.yield(event) { return .stop }
            return .proceed
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  private func check(_ images: some ImageSource) throws {
    guard images.count > 0 else { throw TrainingError.noImages }
    guard images.imageShape == configuration.imageShape else {
      throw TrainingError.shapeMismatch(
        images: images.imageShape, model: configuration.imageShape)
    }
  }
}
