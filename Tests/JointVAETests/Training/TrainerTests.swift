import Foundation
import JointVAE
import JointVAEFiles
import TestSupport
import Testing

@Suite struct TrainerTests {
  @Test("Steps and epochs are counted, the short last batch for what it is")
  func counting() throws {
    let trainer = try Trainer(configuration: smallConfiguration(), threads: 2)
    #expect(trainer.configuration.stepsPerEpoch(imageCount: 29) == 4)
    #expect(try trainer.configuration.totalSteps(imageCount: 29) == 12)
    var steps: [StepReport] = []
    var epochs: [EpochReport] = []
    try trainer.train(on: NoiseImages(count: 29)) {
      switch $0 {
      case .step(let report): steps.append(report)
      case .epoch(let report): epochs.append(report)
      case .starting, .warning, .checkpoint, .ending, .ended: break
      }
      return .proceed
    }
    #expect(steps.map(\.step) == Array(1...12))
    #expect(steps.map(\.epoch) == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    #expect(steps.map(\.imageCount) == [8, 8, 8, 5, 8, 8, 8, 5, 8, 8, 8, 5])
    #expect(epochs.map(\.epoch) == [1, 2, 3] && epochs.map(\.step) == [4, 8, 12])
    for epoch in epochs {
      let own = steps.filter { $0.epoch == epoch.epoch }
      let mean = own.reduce(0) { $0 + $1.terms.loss * Double($1.imageCount) } / 29
      #expect(abs(epoch.training.loss - mean) < 1e-9 * mean)
      #expect(epoch.categoryCounts.map { $0.reduce(0, +) } == [29])
      #expect(epoch.validation == nil)
    }
    // C(t) = 5 t / 20, and C_c no more than log 4.
    #expect(steps.map { $0.terms.measurements["capacity_z"] } == (1...12).map { 0.25 * Double($0) })
    #expect(steps[11].terms.measurements.target(of: .discrete) == log(4))
  }

  @Test("Epochs of more steps than a run may have are refused, not counted wrong")
  func tooManySteps() throws {
    let refusal = ConfigurationError(
      "epochs", "\(Int.max)", expected: "fewer, as a run has at most 1000000000000 steps")
    let configuration = smallConfiguration { $0.length = .epochs(.max) }
    #expect(throws: refusal) { try configuration.totalSteps(imageCount: 29) }
    // As many as there may be, 4 an epoch.
    let most = smallConfiguration { $0.length = .epochs(TrainingConfiguration.stepLimit / 4) }
    #expect(try most.totalSteps(imageCount: 29) == TrainingConfiguration.stepLimit)
    let trainer = try Trainer(configuration: configuration)
    #expect(throws: refusal) { try trainer.train(on: NoiseImages(count: 29)) }
  }

  @Test("Training lowers the loss of real structure")
  func learns() throws {
    let trainer = try Trainer(
      configuration: smallConfiguration {
        $0.length = .epochs(40)
        $0.optimizer = .adam(learningRate: 2e-3)
      }, threads: 2)
    var losses: [Double] = []
    try trainer.train(on: Edges()) {
      if case .epoch(let report) = $0 { losses.append(report.training.reconstruction) }
      return .proceed
    }
    #expect(losses[39] < 0.5 * losses[0], "\(losses)")
  }

  @Test("Validation measures with means and most probable categories")
  func validation() throws {
    let images = NoiseImages(count: 16)
    let held = NoiseImages(count: 11, seed: 5)
    let configuration = smallConfiguration { $0.length = .epochs(1) }
    let trainer = try Trainer(configuration: configuration, threads: 2)
    var reported: LossTerms?
    try trainer.train(on: images, validation: held) {
      if case .epoch(let report) = $0 { reported = report.validation }
      return .proceed
    }
    let measured = try trainer.model.lossTerms(
      on: held, configuration: configuration, step: trainer.step)
    #expect(reported == measured.terms)
    #expect(measured.categoryCounts.map { $0.reduce(0, +) } == [11])
    // By way of the public pieces: reconstruct, then the definition of the loss.
    let batch = ImageBatch(held, at: 0..<11)
    let rebuilt = try trainer.model.reconstruct(batch)
    let sum = zip(batch.values, rebuilt.values).reduce(0.0) {
      $0 - Double($1.0) * log(Double($1.1)) - (1 - Double($1.0)) * log(1 - Double($1.1))
    }
    #expect(abs(measured.terms.reconstruction - sum / 11) < 1e-4 * sum / 11)
  }

  @Test("Events come as a sequence, and leaving it stops the training")
  func sequence() async throws {
    let trainer = try Trainer(configuration: smallConfiguration(), threads: 1)
    var steps = 0
    for try await event in trainer.events(on: NoiseImages(count: 29)) {
      if case .step = event { steps += 1 }
    }
    #expect(steps == 12)
    let other = try Trainer(
      configuration: smallConfiguration { $0.length = .epochs(100_000) }, threads: 1)
    for try await event in other.events(on: NoiseImages(count: 29)) {
      if case .step(let report) = event, report.step == 3 { break }
    }
    #expect(other.step >= 3)
  }

  @Test("A value that is not finite stops the run and names itself; the weights stay good")
  func notFinite() throws {
    let configuration = smallConfiguration {
      $0.optimizer = .sgd(learningRate: 1e30)
      $0.length = .steps(50)
    }
    let trainer = try Trainer(configuration: configuration, threads: 2)
    let error = try #require(throws: TrainingError.self) {
      try trainer.train(on: NoiseImages(count: 16))
    }
    guard case .notFinite(let tensor, let step) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(step == trainer.step + 1)
    #expect(!tensor.isEmpty)
    #expect("\(error)".contains("step \(step): \(tensor) holds a value that is not finite"))
  }

  @Test("Images that do not fit are refused before anything starts")
  func misfits() throws {
    let trainer = try Trainer(configuration: smallConfiguration(), threads: 1)
    #expect(throws: TrainingError.noImages) { try trainer.train(on: NoiseImages(count: 0)) }
    let large = NoiseImages(count: 2, shape: ImageShape(size: 32, channels: 3))
    let error = #expect(throws: TrainingError.self) { try trainer.train(on: large) }
    #expect(
      error?.description
        == "the images are 32x32x3 and the model takes 16x16x1 (height x width x channels)")
    #expect(throws: TrainingError.self) {
      try trainer.train(on: NoiseImages(count: 4), validation: large)
    }
    #expect(trainer.step == 0)
  }

  @Test("A state of other settings, of another kind or damaged is refused")
  func badStates() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let trainer = try Trainer(configuration: smallConfiguration(), threads: 1)
      try trainer.saveState(to: path)
      #expect(throws: FileError.self) {
        try Trainer(resumingFrom: path, configuration: smallConfiguration { $0.seed = 9 })
      }
      #expect(throws: FileError.self) {
        try Trainer(resumingFrom: "\(folder)/none", configuration: smallConfiguration())
      }
      try trainer.model.save(to: path)
      let error = #expect(throws: FileError.self) {
        try Trainer(resumingFrom: path, configuration: smallConfiguration())
      }
      #expect(error?.problem.contains("is no training state") == true)
      try trainer.saveState(to: path)
      var file = try Safetensors(contentsOf: path)
      file.tensors.removeAll { $0.name == "first/fc_mean.bias" }
      try file.write(to: path)
      let mismatch = #expect(throws: TensorMismatch.self) {
        try Trainer(resumingFrom: path, configuration: smallConfiguration())
      }
      #expect(mismatch?.missing.map(\.name) == ["fc_mean.bias"])
    }
  }
}

/// White up to a column or a row, of which there are eight each.
private struct Edges: ImageSource {
  let imageShape = ImageShape(size: 16)
  let count = 64
  func copyImages(at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>) {
    for (place, index) in indices.enumerated() {
      for y in 0..<16 {
        for x in 0..<16 {
          let along = index % 2 == 0 ? x : y
          destination[place * 256 + y * 16 + x] = along < 4 + index / 2 % 8 ? 255 : 0
        }
      }
    }
  }
}
