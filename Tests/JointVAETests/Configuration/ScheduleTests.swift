import JointVAE
import TestSupport
import Testing

@Suite("A schedule")
struct ScheduleTests {
  @Test("of a capacity rises, rests and rises again, and never passes its ceiling")
  func capacity() {
    let capacity = Capacity(
      maximum: 5, rampSteps: 100, weight: 30, laterRise: Ramp(to: 10, from: 200, through: 300))
    let steps = [1, 50, 100, 150, 200, 201, 250, 299, 300, 301, 1_000_000]
    let values = [0.05, 2.5, 5, 5, 5, 5.05, 7.5, 9.95, 10, 10, 10]
    for (step, value) in zip(steps, values) {
      #expect(abs(capacity.value(atStep: step) - value) < 1e-12, "step \(step)")
      #expect(abs(capacity.value(atStep: step, ceiling: 6) - min(value, 6)) < 1e-12)
    }
    #expect(capacity.final == 10)
    #expect(Capacity(maximum: 5, rampSteps: 100, weight: 30).final == 5)
  }

  @Test("of the step size is the optimizer's until it begins, and its share when it has ended")
  func learningRate() {
    let configuration = smallConfiguration {
      $0.optimizer = .adam(learningRate: 1e-3)
      $0.learningRateDecay = Ramp(to: 0.1, from: 10, through: 20)
    }
    let rates = [1, 10, 15, 20, 21].map { configuration.optimizer(atStep: $0).learningRate }
    for (rate, expected) in zip(rates, [1e-3, 1e-3, 5.5e-4, 1e-4, 1e-4]) {
      #expect(abs(rate - expected) < 1e-15)
    }
    #expect(configuration.optimizer(atStep: 10) == configuration.optimizer)
  }

  @Test(
    "of the step size takes steps of the size it says",
    arguments: [Optimizer.adam(learningRate: 2e-3), .sgd(learningRate: 0.25, momentum: 0.5)])
  func halved(optimizer: Optimizer) throws {
    let images = NoiseImages(count: 20)
    func trained(_ change: (inout TrainingConfiguration) -> Void) throws -> JointVAEModel {
      let trainer = try Trainer(configuration: smallConfiguration(change))
      try trainer.train(on: images)
      return trainer.model
    }
    let halved = try trained {
      $0.optimizer = optimizer
      $0.learningRateDecay = Ramp(to: 0.5, from: 0, through: 1)
    }
    let slow = try trained {
      switch optimizer {
      case .adam(let rate, _, _, _): $0.optimizer = .adam(learningRate: rate / 2)
      case .sgd(let rate, let momentum):
        $0.optimizer = .sgd(learningRate: rate / 2, momentum: momentum)
      }
    }
    let fast = try trained { $0.optimizer = optimizer }
    #expect(try savedBytes(halved) == savedBytes(slow))
    #expect(try savedBytes(halved) != savedBytes(fast))
  }

  @Test("of a transformation is whole until it begins, and its share when it has ended")
  func transformation() {
    let pairing = Pairing(
      transformation: .handwriting, transformationDecay: Ramp(to: 0, from: 10, through: 20))
    #expect(pairing.transformation(atStep: 10) == .handwriting)
    let half = pairing.transformation(atStep: 15)
    #expect(half.rotation == 7.5 && half.shear == 0.2 && half.scale == 0.075)
    #expect(half.shift == 0.75 / 32 && half.elastic == 0.75 / 32)
    #expect(pairing.transformation(atStep: 20) == ImageTransformation())
    #expect(Pairing().transformation(atStep: 1_000_000) == .handwriting)
  }

  @Test("goes on after a stop as if there had been none", arguments: [2, 5, 7])
  func resume(stop: Int) throws {
    let images = NoiseImages(count: 29)
    let configuration = smallConfiguration {
      $0.continuousCapacity = Capacity(
        maximum: 1, rampSteps: 3, weight: 30, laterRise: Ramp(to: 4, from: 4, through: 8))
      $0.learningRateDecay = Ramp(to: 0.1, from: 4, through: 9)
      $0.pairing = Pairing(transformationDecay: Ramp(to: 0, from: 3, through: 8))
    }
    let whole = try Trainer(configuration: configuration)
    try whole.train(on: images)
    try withTemporaryFolder { folder in
      let first = try Trainer(configuration: configuration)
      try first.train(on: images) { event in
        if case .step(let report) = event, report.step == stop { return .stop }
        return .proceed
      }
      try first.saveState(to: "\(folder)/state")
      let second = try Trainer(resumingFrom: "\(folder)/state", configuration: configuration)
      try second.train(on: images)
      #expect(try savedBytes(second.model) == savedBytes(whole.model))
    }
  }

  @Test("that cannot be is refused with what it may be")
  func refusals() {
    func error(_ change: (inout TrainingConfiguration) -> Void) -> ConfigurationError? {
      #expect(throws: ConfigurationError.self) { try smallConfiguration(change).validate() }
    }
    func rise(_ ramp: Ramp) -> ConfigurationError? {
      error {
        $0.continuousCapacity = Capacity(maximum: 5, rampSteps: 100, weight: 30, laterRise: ramp)
      }
    }
    #expect(
      rise(Ramp(to: 4, from: 200, through: 300))
        == ConfigurationError(
          "continuous capacity later rise", "4.0", expected: "at least the maximum, 5.0 nats"))
    #expect(
      rise(Ramp(to: 6, from: 50, through: 300))
        == ConfigurationError(
          "continuous capacity later rise", "from step 50",
          expected: "one that begins when the first has ended, at step 100"))
    #expect(
      rise(Ramp(to: 6, from: 300, through: 300))
        == ConfigurationError(
          "continuous capacity ramp", "300-300", expected: "two steps, the second after the first"))
    #expect(
      error { $0.pairing = Pairing(transformationDecay: Ramp(to: 2, from: 1, through: 2)) }
        == ConfigurationError("transformation decay", "2.0", expected: "a share from 0 to 1"))
    for share in [0, -1, 1.5, .nan, .infinity] {
      #expect(
        error { $0.learningRateDecay = Ramp(to: share, from: 1, through: 2) }
          == ConfigurationError(
            "learning rate decay", "\(share)", expected: "a share above 0 and at most 1"))
    }
  }
}
