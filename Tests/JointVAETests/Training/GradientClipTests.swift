import Foundation
import JointVAE
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

/// Gradients are scaled down together before the optimizer sees them.
@Suite("Gradient clipping") struct GradientClipTests {
  /// A configuration whose optimizer shows the gradients: `w -= learningRate g`.
  private func configuration(
    clip: Double?, _ change: (inout TrainingConfiguration) -> Void = { _ in }
  ) -> TrainingConfiguration {
    smallConfiguration {
      $0.optimizer = .sgd(learningRate: 0.5)
      $0.gradientClip = clip
      change(&$0)
    }
  }

  private struct Step {
    var before: [Float]
    var after: [Float]
    var gradients: [Float]
    var norm: Double { gradients.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
  }

  /// The weights around one step on fixed images and noise, and its gradients.
  private func step(_ configuration: TrainingConfiguration, threads: Int = 2) throws -> Step {
    let trainer = try Trainer(configuration: configuration, compute: .threads(threads))
    trainer.keepsGradients = true
    let count = configuration.batchSize
    let before = trainer.model.tensors.flatMap(floats)
    _ = try trainer.step(
      pixels: randomBytes(count * configuration.imageShape.valueCount),
      noise: .given(
        normals: [Float](repeating: 0.3, count: count * 3),
        uniforms: [Float](repeating: 0.5, count: count * 4)))
    return Step(
      before: before, after: trainer.model.tensors.flatMap(floats),
      gradients: trainer.gradientTensors.flatMap(floats))
  }

  @Test("A step moves every weight by the gradient times limit over norm")
  func scaled() throws {
    let free = try step(configuration(clip: nil))
    let limit = free.norm / 3
    let clipped = try step(configuration(clip: limit))
    #expect(free.before == clipped.before)
    #expect(abs(clipped.norm - limit) < 1e-5 * limit)
    for index in free.gradients.indices {
      let expected = free.before[index] - 0.5 * free.gradients[index] / 3
      #expect(abs(clipped.after[index] - expected) < 1e-6)
    }
    #expect(clipped.after != free.after)
  }

  @Test(
    "A norm below the limit changes no bit",
    arguments: [ReconstructionLoss.adaptive, .binaryCrossEntropy])
  func below(loss: ReconstructionLoss) throws {
    func bytes(_ clip: Double?) throws -> [UInt8] {
      let trainer = try Trainer(
        configuration: configuration(clip: clip) { $0.reconstructionLoss = loss },
        compute: .threads(2))
      try trainer.train(on: NoiseImages(count: 19)) { _ in .proceed }
      return try savedBytes(trainer.model)
    }
    #expect(try bytes(1e9) == bytes(nil))
    #expect(try bytes(1e-3) != bytes(nil))
  }

  @Test("The number of threads changes no bit", arguments: [2, 3, 5])
  func threads(count: Int) throws {
    func bytes(_ threads: Int) throws -> [UInt8] {
      let settings = configuration(clip: 0.05) {
        $0.optimizer = .adam(learningRate: 1e-2)
        $0.reconstructionLoss = .adaptive
      }
      let trainer = try Trainer(configuration: settings, compute: .threads(threads))
      try trainer.train(on: NoiseImages(count: 19)) { _ in .proceed }
      return try savedBytes(trainer.model)
    }
    #expect(try bytes(count) == bytes(1))
  }
}
