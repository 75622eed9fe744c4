import JointVAE
import Synchronization
import Testing

/// Trainings that a task waits for.
struct TrainingEpochsTests {
  // 29 images in batches of 8 are four steps an epoch; 12 steps in all.
  private let images = NoiseImages(count: 29)

  private func whole() throws -> [NamedTensor] {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    try trainer.train(on: images)
    return trainer.model.tensors
  }

  @Test("Epochs come one by one, none is trained ahead, and they train what one call trains")
  func epochs() async throws {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    var steps: [Int] = []
    for try await epoch in trainer.epochs(on: images, validation: NoiseImages(count: 5)) {
      #expect(epoch.step == trainer.step)
      #expect(epoch.validation != nil)
      // Long enough for a step, if the training did not wait.
      try await Task.sleep(for: .milliseconds(50))
      #expect(epoch.step == trainer.step)
      steps.append(epoch.step)
    }
    #expect(steps == [4, 8, 12])
    #expect(try trainer.model.tensors == whole())
  }

  @Test("A loop that is left leaves the trainer where it stands, and another goes on from there")
  func left() async throws {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    for try await _ in trainer.epochs(on: images) { break }
    #expect(trainer.step == 4)
    var epochs: [Int] = []
    for try await epoch in trainer.epochs(on: images) { epochs.append(epoch.epoch) }
    #expect(epochs == [2, 3])
    #expect(try trainer.model.tensors == whole())
  }

  @Test("A training that ends within an epoch has no report of it")
  func unfinishedEpoch() async throws {
    let trainer = try Trainer(
      configuration: smallConfiguration { $0.length = .steps(6) }, compute: .threads(1))
    var count = 0
    for try await _ in trainer.epochs(on: images) { count += 1 }
    #expect(count == 1 && trainer.step == 6)
  }

  @Test("Canceling the task stops the training after a step, and it can go on")
  func canceled() async throws {
    let configuration = smallConfiguration { $0.length = .epochs(100_000) }
    let trainer = try Trainer(configuration: configuration, compute: .threads(1))
    let (started, signal) = AsyncStream<Void>.makeStream()
    let task = Task { [images] in
      try await trainer.train(on: images) { event in
        if case .step = event { signal.finish() }
        return .proceed
      }
    }
    for await _ in started {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    // Nothing trains on behind the caller's back.
    let step = trainer.step
    try await Task.sleep(for: .milliseconds(50))
    #expect(step > 0 && trainer.step == step)
    #expect(try await trainer.train(on: images, until: step + 1) == .paused)
    #expect(trainer.step == step + 1)
  }

  @Test("What goes wrong is thrown to the loop")
  func failure() async throws {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    await #expect(throws: TrainingError.noImages) {
      for try await _ in trainer.epochs(on: NoiseImages(count: 0)) {}
    }
  }
}
