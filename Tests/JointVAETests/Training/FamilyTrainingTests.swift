import Foundation
import JointVAE
import TestSupport
import Testing

/// Trainings of all models: the same on any number of threads, and to the bit the same after a stop.
@Suite struct FamilyTrainingTests {
  static let names = ModelVariant.Name.allCases

  private func configuration(_ name: ModelVariant.Name) -> TrainingConfiguration {
    smallConfiguration {
      $0 = $0.changed(to: ModelVariant(name))
      if name == .factorVAE {
        $0.model = .factorVAE(weight: 20, units: 40)
        $0.latents = LatentSpec(continuous: 3, discrete: [4, 2])
      }
    }
  }

  /// What a trainer has learned: its weights and its discriminator's.
  private func learned(_ trainer: Trainer) throws -> [UInt8] {
    var bytes = try savedBytes(trainer.model)
    for tensor in trainer.learnedTensors {
      for value in tensor.floats { withUnsafeBytes(of: value) { bytes += $0 } }
    }
    return bytes
  }

  @Test("The number of threads does not change a bit", arguments: names)
  func threads(name: ModelVariant.Name) throws {
    // 25 images in batches of 8: the last batch is a single image.
    let images = NoiseImages(count: 25)
    let bytes = try [1, 3].map { threads in
      let trainer = try Trainer(configuration: configuration(name), compute: .threads(threads))
      try trainer.train(on: images)
      #expect(trainer.step == 12)
      #expect(trainer.model.tensors.allSatisfy { $0.floats.allSatisfy(\.isFinite) })
      return try learned(trainer)
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test("A training that was stopped and resumed is the same to the bit", arguments: names)
  func resumed(name: ModelVariant.Name) throws {
    let images = NoiseImages(count: 29)
    let whole = try Trainer(configuration: configuration(name), compute: .threads(2))
    try whole.train(on: images)
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let first = try Trainer(configuration: configuration(name), compute: .threads(2))
      try first.train(on: images, until: 5)
      try first.saveState(to: path)
      let second = try Trainer(
        resumingFrom: path, configuration: configuration(name), compute: .threads(1))
      #expect(try learned(second) == learned(first))
      try second.train(on: images)
      #expect(try learned(second) == learned(whole))
    }
  }

  @Test("A state of another model, and one without its discriminator, are refused")
  func otherState() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let trainer = try Trainer(configuration: configuration(.factorVAE), compute: .threads(1))
      try trainer.saveState(to: path)
      var other = configuration(.factorVAE)
      other.model = .betaVAE()
      let error = #expect(throws: FileError.self) {
        try Trainer(resumingFrom: path, configuration: other)
      }
      #expect(
        error?.problem
          == "was trained with other settings; only its length and its early stop may change")

      var file = try Safetensors(contentsOf: path)
      file.tensors.removeAll { $0.name == "discriminator-first/2.weight" }
      try file.write(to: path)
      let missing = #expect(throws: FileError.self) {
        try Trainer(resumingFrom: path, configuration: configuration(.factorVAE))
      }
      #expect(
        missing?.problem
          == "does not hold what its discriminator learned (discriminator-first/2.weight, "
          + "finite numbers of shape [40, 40])")
    }
  }

  @Test("FactorVAE's discriminator comes to tell codes apart whose dimensions belong together")
  func discriminator() throws {
    var configuration = self.configuration(.factorVAE)
    // With no weight the model does not defend itself.
    configuration.model = .factorVAE(weight: 0, units: 64)
    configuration.length = .steps(60)
    let trainer = try Trainer(configuration: configuration, compute: .threads(2))
    var correlations: [Double] = []
    try trainer.train(on: NoiseImages(count: 64)) { event in
      if case .step(let report) = event {
        correlations.append(report.terms.measurements["total_correlation"] ?? .nan)
      }
      return .proceed
    }
    #expect(correlations.count == 60 && correlations.allSatisfy(\.isFinite))
    #expect(Set(correlations).count == 60)
  }

  @Test("A model that compares images needs two of them", arguments: names)
  func oneImage(name: ModelVariant.Name) throws {
    let model = ModelVariant(name)
    let trainer = try Trainer(configuration: configuration(name), compute: .threads(1))
    if model.comparesImages {
      let error = #expect(throws: ConfigurationError.self) {
        try trainer.train(on: NoiseImages(count: 1))
      }
      #expect(
        error?.description
          == "images to train on is 1; expected at least 2 with \(name.rawValue), "
          + "which compares the images of a batch")
    } else {
      try trainer.train(on: NoiseImages(count: 1), until: 1)
      #expect(trainer.step == 1)
    }
  }

  @Test("The setting goes through JSON, and JointVAE leaves no trace there", arguments: names)
  func json(name: ModelVariant.Name) throws {
    let configuration = self.configuration(name)
    let bytes = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(TrainingConfiguration.self, from: bytes) == configuration)
    #expect(String(decoding: bytes, as: UTF8.self).contains("variant") == (name != .jointVAE))
  }
}
