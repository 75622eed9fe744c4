import Synchronization

extension Trainer {
  /// The async form of `train`: it works on a thread of its own and leaves the caller's free.
  ///
  /// Canceling the task stops the training after the current step. The call then throws `CancellationError`, once the
  /// training has stopped; the trainer can go on from there.
  ///
  /// - Parameters:
  ///   - images: the training images.
  ///   - validation: images whose loss is measured after each epoch, never trained on.
  ///   - pause: the step to wait at; nil for the full length. It does not change the result.
  ///   - checkpointInterval: steps from one checkpoint event to the next; nil for none.
  ///   - onEvent: called with every event, on the thread that trains. The training waits for it.
  /// - Returns: how it ended.
  /// - Throws: as the form that blocks; `CancellationError` when the task was canceled before the end.
  @discardableResult
  public func train(
    on images: some ImageSource, validation: (any ImageSource)? = nil, until pause: Int? = nil,
    checkpointInterval: Int? = nil,
    onEvent: @escaping @Sendable (TrainingEvent) throws -> TrainingDirective = { _ in .proceed }
  ) async throws -> TrainingEnding {
    let cancellation = Cancellation()
    let ending = try await withTaskCancellationHandler {
      try await onOwnThread {
        try self.train(
          on: images, validation: validation, until: pause, checkpointInterval: checkpointInterval
        ) { event in
          let directive = try onEvent(event)
          return cancellation.isRequested ? .stop : directive
        }
      }
    } onCancel: {
      cancellation.request()
    }
    if ending == .stopped, cancellation.isRequested { throw CancellationError() }
    return ending
  }

  /// The epochs of a training, one after the other: each is trained when the loop asks for its report, and none ahead of it.
  ///
  /// The loop ends with the training. Leaving it, or canceling its task, leaves the trainer where it stands; another loop
  /// goes on from there. The result is that of `train`, to the bit.
  ///
  /// ```swift
  /// for try await epoch in trainer.epochs(on: images) {
  ///   print(epoch.epoch, epoch.training.loss)
  /// }
  /// ```
  public func epochs<Images: ImageSource>(
    on images: Images, validation: (any ImageSource)? = nil
  ) -> TrainingEpochs<Images> {
    TrainingEpochs(trainer: self, images: images, validation: validation)
  }
}

/// The epochs of a training as a sequence that the training waits for; see `Trainer.epochs(on:validation:)`.
public struct TrainingEpochs<Images: ImageSource>: AsyncSequence, Sendable {
  /// An epoch's report.
  public typealias Element = EpochReport
  /// What `Trainer.train` throws.
  public typealias Failure = any Error

  let trainer: Trainer
  let images: Images
  let validation: (any ImageSource)?

  /// An iterator that trains an epoch a call.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(epochs: self) }

  /// Trains an epoch a call.
  public struct AsyncIterator: AsyncIteratorProtocol {
    let epochs: TrainingEpochs

    /// Trains to the end of the epoch.
    /// - Returns: its report; nil when the training is at its end.
    /// - Throws: as `Trainer.train`; `CancellationError` when the task was canceled.
    public mutating func next() async throws -> EpochReport? {
      let trainer = epochs.trainer
      let length = trainer.configuration.stepsPerEpoch(
        imageCount: Swift.max(epochs.images.count, 1))
      let box = ReportBox()
      try await trainer.train(
        on: epochs.images, validation: epochs.validation,
        until: (trainer.step / length + 1) * length
      ) { event in
        if case .epoch(let epoch) = event { box.report.withLock { $0 = epoch } }
        return .proceed
      }
      return box.report.withLock { $0 }
    }
  }
}

/// An epoch's report on its way from the thread that trains.
private final class ReportBox: Sendable {
  let report = Mutex<EpochReport?>(nil)
}

/// Whether a task was canceled, for a thread that is not part of it.
private final class Cancellation: Sendable {
  private let requested = Atomic(false)

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  func request() { requested.store(true, ordering: .relaxed) }
}
