import Foundation
import JointVAE
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

@Suite struct AdaptiveLossTests {
  private func configuration(
    _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    smallConfiguration {
      $0.reconstructionLoss = .adaptive
      $0.optimizer = .adam(learningRate: 5e-3)
      change(&$0)
    }
  }

  private func trained(
    _ configuration: TrainingConfiguration, threads: Int = 2
  ) throws -> (model: JointVAEModel, steps: [StepReport]) {
    let trainer = try Trainer(configuration: configuration, compute: .threads(threads))
    var steps: [StepReport] = []
    try trainer.train(on: NoiseImages(count: 29)) {
      if case .step(let report) = $0 { steps.append(report) }
      return .proceed
    }
    return (trainer.model, steps)
  }

  @Test("alpha and c start at 1 and 0.1, move with every step, and are the model's at the end")
  func learned() throws {
    let (model, steps) = try trained(configuration())
    let shapes = steps.compactMap(\.learnedLoss)
    #expect(shapes.count == 12 && Set(shapes).count == 12)
    #expect(abs(shapes[0].alpha - 1) < 1e-12 && abs(shapes[0].scale - 0.1) < 1e-7)
    // Noise that no model can draw: c has to grow.
    let last = try #require(model.learnedLoss)
    #expect(last.scale > shapes[11].scale && shapes[11].scale > shapes[0].scale)
    #expect((0.001...1.999).contains(last.alpha))
    let (other, plain) = try trained(smallConfiguration())
    #expect(other.learnedLoss == nil && plain.allSatisfy { $0.learnedLoss == nil })
  }

  @Test("One step of gradient descent moves alpha and c by the finite differences of the objective")
  func gradients() throws {
    let rate = 0.05
    let configuration = configuration {
      $0.optimizer = .sgd(learningRate: rate)
      $0.batchSize = 3
    }
    let trainer = try Trainer(configuration: configuration, compute: .threads(2))
    var fixed = configuration
    let oracleTensors = trainer.model.tensors
    let pixels = randomBytes(3 * configuration.imageShape.valueCount)
    let normals = [Float](repeating: 0.3, count: 9)
    let uniforms = [Float](repeating: 0.5, count: 12)
    let noise = LatentNoise.given(normals: normals, uniforms: uniforms)
    let before = try #require(try trainer.step(pixels: pixels, noise: noise).learnedLoss)
    let after = try #require(trainer.model.learnedLoss)

    func objective(_ loss: ReconstructionLoss) -> Double {
      fixed.reconstructionLoss = loss
      let oracle = NetworkOracle(configuration: fixed, tensors: oracleTensors)
      return oracle.objective(pixels: pixels, normals: normals, uniforms: uniforms, step: 1)
    }
    let h = 1e-5
    // The slope of log Z at alpha = 1 is the integral's, from Tests/Oracles/robust_loss.json.
    let byAlpha =
      (objective(.robust(RobustLoss(alpha: 1 + h, scale: 0.1)))
        - objective(.robust(RobustLoss(alpha: 1 - h, scale: 0.1)))) / (2 * h) - 0.19287001525369665
    let byScale =
      (objective(.robustLikelihood(RobustLoss(alpha: 1, scale: 0.1 + h)))
        - objective(.robustLikelihood(RobustLoss(alpha: 1, scale: 0.1 - h)))) / (2 * h)
    // alpha = 0.001 + 1.998 sigmoid(a) at a = 0; c = 1/255 + log(1 + e^s), whose slope is 1 - e^-(c - 1/255).
    func latents(_ loss: RobustLoss) -> (a: Double, s: Double) {
      let share = (loss.alpha - 0.001) / 1.998
      return (log(share / (1 - share)), log(expm1(loss.scale - 1.0 / 255)))
    }
    let (old, new) = (latents(before), latents(after))
    let expectedA = -rate * byAlpha * 1.998 / 4
    let expectedS = -rate * byScale * (1 - exp(-(0.1 - 1.0 / 255)))
    #expect(abs(expectedA) > 1e-4 && abs(expectedS) > 1e-4)
    #expect(abs(new.a - old.a - expectedA) < 1e-4 * abs(expectedA), "\(new.a - old.a) \(expectedA)")
    #expect(abs(new.s - old.s - expectedS) < 1e-4 * abs(expectedS), "\(new.s - old.s) \(expectedS)")
  }

  @Test("The number of threads does not change a bit of what is learned")
  func threads() throws {
    let one = try trained(configuration(), threads: 1)
    let four = try trained(configuration(), threads: 4)
    #expect(one.steps == four.steps)
    #expect(one.model.learnedLoss == four.model.learnedLoss)
    #expect(one.model.tensors == four.model.tensors)
  }

  @Test("Resuming from any step equals never having stopped", arguments: [true, false])
  func resume(adam: Bool) throws {
    let configuration = configuration {
      if !adam { $0.optimizer = .sgd(learningRate: 0.01, momentum: 0.9) }
    }
    let whole = try trained(configuration)
    for stop in [1, 4, 7] {
      try withTemporaryFolder { folder in
        let first = try Trainer(configuration: configuration, compute: .threads(1))
        try first.train(on: NoiseImages(count: 29)) {
          if case .step(let report) = $0, report.step == stop { return .stop }
          return .proceed
        }
        try first.saveState(to: "\(folder)/state")
        let second = try Trainer(resumingFrom: "\(folder)/state", configuration: configuration)
        #expect(second.model.learnedLoss == first.model.learnedLoss)
        try second.train(on: NoiseImages(count: 29))
        #expect(second.model.learnedLoss == whole.model.learnedLoss, "stopped at \(stop)")
        #expect(second.model.tensors == whole.model.tensors, "stopped at \(stop)")
      }
    }
  }

  @Test("A state without what its loss learned is refused by name")
  func damagedState() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/state"
      let trainer = try Trainer(configuration: configuration(), compute: .threads(1))
      try trainer.saveState(to: path)
      let file = try Safetensors(contentsOf: path)
      func rewrite(_ name: String, _ values: [Float]?) throws {
        var tensors = file.tensors.filter { $0.name != name }
        if let values {
          tensors.append(NamedTensor(name: name, shape: [values.count], floats: values))
        }
        try Safetensors(tensors: tensors, metadata: file.metadata).write(to: path)
        let error = #expect(throws: FileError.self) {
          try Trainer(resumingFrom: path, configuration: configuration())
        }
        #expect(
          error?.description
            == "\(path): does not hold what its loss learned (\(name), 2 finite numbers)")
      }
      try rewrite("loss/latent", nil)
      try rewrite("loss/latent", [1])
      try rewrite("loss/first", [1, .nan])
      try rewrite("loss/second", nil)
    }
  }

  @Test("A model's file keeps what was learned; a PyTorch file has no place for it")
  func modelFile() throws {
    let (model, _) = try trained(configuration { $0.length = .steps(2) })
    try withTemporaryFolder { folder in
      try model.save(to: "\(folder)/model.safetensors")
      #expect(
        try JointVAEModel(contentsOf: "\(folder)/model.safetensors").learnedLoss
          == model.learnedLoss)
      try model.save(to: "\(folder)/model.pt")
      #expect(try JointVAEModel(contentsOf: "\(folder)/model.pt").learnedLoss == nil)
    }
  }

  @Test(
    "A model's file that says impossible things of its loss is refused",
    arguments: [
      (
        ["learned_alpha": "1"],
        "says learned_alpha 1 and learned_scale nothing; expected two numbers"
      ),
      (
        ["learned_alpha": "x", "learned_scale": "1"],
        "says learned_alpha x and learned_scale 1; expected two numbers"
      ),
      (
        ["learned_alpha": "7", "learned_scale": "1"],
        "says of its learned loss: robust-likelihood alpha is 7.0; expected from 0 to 2, where the density can be normalized"
      ),
      (
        ["learned_alpha": "1", "learned_scale": "0"],
        "says of its learned loss: robust-likelihood scale is 0.0; expected a number from 0.000001 to 1000000"
      ),
    ])
  func damagedModel(metadata: [String: String], sentence: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.safetensors"
      let model = try Trainer(configuration: configuration(), compute: .threads(1)).model
      let own = metadata.merging(["format": "jointvae"]) { $1 }
      try Safetensors(tensors: model.tensors, metadata: own).write(to: path)
      let error = #expect(throws: FileError.self) { try JointVAEModel(contentsOf: path) }
      #expect(error?.description == "\(path): \(sentence)")
    }
  }

  @Test("A model measures with what it learned, and says so when it learned nothing")
  func measured() throws {
    let (model, _) = try trained(configuration { $0.length = .steps(2) })
    let learned = try #require(model.learnedLoss)
    let images = NoiseImages(count: 2)
    let latents = try model.encode(
      ImageBatch(shape: images.imageShape, values: images.bytes.map { Float($0) / 255 })
    ).modes()
    func losses(_ model: JointVAEModel, _ loss: ReconstructionLoss) throws -> [Double] {
      try model.reconstructionLosses(
        of: latents, against: images.bytes, targets: [0, 1], loss: loss)
    }
    #expect(try losses(model, .adaptive) == losses(model, .robustLikelihood(learned)))
    let plain = try JointVAEModel(imageShape: images.imageShape, latents: model.latents)
    let error = #expect(throws: ConfigurationError.self) { try losses(plain, .adaptive) }
    #expect(error?.value == "adaptive")
  }
}
