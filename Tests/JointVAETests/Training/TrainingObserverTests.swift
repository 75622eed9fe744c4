import JointVAE
import Testing

/// A training and those that watch it.
struct TrainingObserverTests {
  /// Notes every event by a word.
  private final class Diary: TrainingObserver {
    var words: [String] = []
    var lastStep: Int?

    func observe(_ event: TrainingEvent, of trainer: Trainer) -> TrainingDirective {
      switch event {
      case .starting(let course):
        words.append("start \(course.stepsDone)-\(course.lastStep)/\(course.stepCount)")
      case .step(let report): words.append("\(report.step)")
      case .epoch(let report): words.append("epoch \(report.epoch)")
      case .warning: break
      case .checkpoint(let step): words.append("checkpoint \(step)")
      case .ending(let ending): words.append("ending \(ending)")
      case .ended(let ending): words.append("ended \(ending)")
      }
      return lastStep == trainer.step ? .stop : .proceed
    }
  }

  // 29 images in batches of 8 are four steps an epoch; 12 steps in all.
  private func train(
    _ trainer: Trainer, until pause: Int? = nil, _ observers: [any TrainingObserver]
  ) throws -> TrainingEnding {
    try trainer.train(
      on: NoiseImages(count: 29), until: pause, checkpointInterval: 3, observers: observers)
  }

  @Test("Observers see start, steps, epochs, checkpoints and end, in this order")
  func order() throws {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    let diary = Diary()
    #expect(try train(trainer, until: 5, [diary]) == .paused)
    #expect(
      diary.words == [
        "start 0-5/12", "1", "2", "3", "checkpoint 3", "4", "epoch 1", "5", "ending paused",
        "ended paused",
      ])
    diary.words = []
    #expect(try train(trainer, [diary]) == .finished)
    #expect(
      diary.words == [
        "start 5-12/12", "6", "checkpoint 6", "7", "8", "epoch 2", "9", "checkpoint 9", "10", "11",
        "12", "epoch 3", "ending finished", "ended finished",
      ])
    diary.words = []
    #expect(try train(trainer, [diary]) == .finished)
    #expect(diary.words == ["start 12-12/12", "ending finished", "ended finished"])
  }

  @Test("One observer that stops ends the training; the others see the whole step and the end")
  func stop() throws {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    let (first, second) = (Diary(), Diary())
    first.lastStep = 4
    #expect(try train(trainer, [first, second]) == .stopped)
    #expect(first.words == second.words)
    #expect(second.words.suffix(4) == ["4", "epoch 1", "ending stopped", "ended stopped"])
    #expect(trainer.step == 4)
  }

  @Test("An observer can stop a training before its first step, which can begin later")
  func stopAtStart() throws {
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    let diary = Diary()
    diary.lastStep = 0
    #expect(try train(trainer, [diary]) == .stopped)
    #expect(diary.words == ["start 0-12/12", "ending stopped", "ended stopped"])
    #expect(trainer.step == 0)
    #expect(try train(trainer, []) == .finished)
  }

  @Test("Pauses and stops change no bit of the result")
  func sameBytes() throws {
    let whole = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    _ = try train(whole, [])
    let parts = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    let diary = Diary()
    diary.lastStep = 2
    #expect(try train(parts, [diary]) == .stopped)
    #expect(try train(parts, until: 7, []) == .paused)
    #expect(try train(parts, []) == .finished)
    #expect(parts.model.tensors == whole.model.tensors)
  }

  @Test("What an observer throws ends the training, and the trainer stays usable")
  func failure() throws {
    struct DiskIsFull: Error {}
    let trainer = try Trainer(configuration: smallConfiguration(), compute: .threads(1))
    let failing = FunctionObserver { event, _ in
      if case .checkpoint = event { throw DiskIsFull() }
      return .proceed
    }
    #expect(throws: DiskIsFull.self) { try train(trainer, [failing]) }
    #expect(trainer.step == 3)
    #expect(try train(trainer, []) == .finished)
  }
}
