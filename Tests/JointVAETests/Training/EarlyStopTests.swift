import JointVAE
import TestSupport
import Testing

@Suite("The early stop")
struct EarlyStopTests {
  private let images = NoiseImages(count: 29)

  /// Ramps end at step 20; an epoch has four steps, the last one of 5 images.
  private func configuration(_ stop: EarlyStop?, epochs: Int = 20) -> TrainingConfiguration {
    smallConfiguration {
      $0.length = .epochs(epochs)
      $0.earlyStop = stop
    }
  }

  /// The step after which a mean over `patience` steps is no lower than any before, from the losses of a whole run.
  private func expectedStop(patience: Int) throws -> Int? {
    var losses: [(loss: Double, images: Double)] = []
    try Trainer(configuration: configuration(nil)).train(on: images) { event in
      if case .step(let report) = event {
        losses.append((report.terms.loss, Double(report.imageCount)))
      }
      return .proceed
    }
    let watched = Array(losses[20...])
    var lowest = Double.infinity
    for end in stride(from: patience, through: watched.count, by: patience) {
      let stretch = watched[(end - patience)..<end]
      let mean =
        stretch.map { $0.loss * $0.images }.reduce(0, +) / stretch.map(\.images).reduce(0, +)
      if mean >= lowest { return 20 + end }
      lowest = min(lowest, mean)
    }
    return nil
  }

  @Test(
    "It ends a training after the first stretch without a lower mean, counted from the end of the ramps",
    arguments: [EarlyStop(patience: 3, unit: .steps), EarlyStop(patience: 2, unit: .epochs)])
  func stop(early: EarlyStop) throws {
    let expected = try #require(
      try expectedStop(patience: early.unit == .steps ? early.patience : 4 * early.patience))
    let trainer = try Trainer(configuration: configuration(early))
    var checkpoints: [Int] = []
    let ending = try trainer.train(on: images, checkpointInterval: 1) { event in
      if case .checkpoint(let step) = event { checkpoints.append(step) }
      return .proceed
    }
    #expect(ending == .finished)
    #expect(trainer.step == expected && trainer.earlyStopStep == expected && expected < 80)
    // The last step's checkpoint is that of the ending.
    #expect(checkpoints.last == expected - 1)
    // There is nothing left to do.
    #expect(try trainer.train(on: images) == .finished)
    #expect(trainer.step == expected)
  }

  @Test(
    "A training that is saved and resumed at any step ends at the same step, with the same weights")
  func resumed() throws {
    let settings = configuration(EarlyStop(patience: 3, unit: .steps))
    let whole = try Trainer(configuration: settings)
    try whole.train(on: images)
    let last = try #require(whole.earlyStopStep)
    try withTemporaryFolder { folder in
      for pause in [21, last - 1, last] {
        let state = "\(folder)/\(pause).safetensors"
        let first = try Trainer(configuration: settings)
        try first.train(on: images, until: pause)
        try first.saveState(to: state)
        let second = try Trainer(resumingFrom: state, configuration: settings)
        #expect(try second.train(on: images) == .finished)
        #expect(second.earlyStopStep == last && second.step == last)
        #expect(second.model.tensors == whole.model.tensors)
      }
    }
  }

  @Test("Without it a stopped training goes on, and with another patience the watch begins anew")
  func changed() throws {
    try withTemporaryFolder { folder in
      let state = "\(folder)/state.safetensors"
      let first = try Trainer(configuration: configuration(EarlyStop(patience: 3, unit: .steps)))
      try first.train(on: images)
      let stop = try #require(first.earlyStopStep)
      try first.saveState(to: state)

      let endless = try Trainer(resumingFrom: state, configuration: configuration(nil))
      try endless.train(on: images)
      #expect(endless.step == 80 && endless.earlyStopStep == nil)
      let uninterrupted = try Trainer(configuration: configuration(nil))
      try uninterrupted.train(on: images)
      #expect(endless.model.tensors == uninterrupted.model.tensors)

      let longer = try Trainer(
        resumingFrom: state, configuration: configuration(EarlyStop(patience: 5, unit: .steps)))
      #expect(try longer.train(on: images, until: stop + 4) == .paused)
    }
  }

  @Test("Ramps of the step size and of twins count, too")
  func ramps() {
    let plain = configuration(nil)
    #expect(plain.rampsEnd == 20)
    var decaying = plain
    decaying.learningRateDecay = Ramp(to: 0.1, from: 5, through: 200)
    #expect(decaying.rampsEnd == 200)
    var rising = plain
    rising.continuousCapacity.laterRise = Ramp(to: 9, from: 30, through: 70)
    #expect(rising.rampsEnd == 70)
    var bare = plain
    bare.latents = LatentSpec(continuous: 2)
    bare.discreteCapacity.rampSteps = 900
    #expect(bare.rampsEnd == 20)
  }

  @Test("A patience of nothing is refused")
  func refused() {
    for patience in [0, -1, .max] {
      #expect(throws: ConfigurationError.self) {
        try EarlyStop(patience: patience, unit: .steps).validate()
      }
    }
  }
}
