import Foundation
import JointVAE
import JointVAEKernels
import TestSupport
import Testing

/// The first steps of training equal PyTorch's, with its batches, noise and initial weights.
@Suite struct GoldenTrainingTests {
  static let files: [String] =
    ((try? fileNames(in: SharedFiles.goldens.folder)) ?? []).filter { $0.hasPrefix("train-") }

  @Test("Losses, gradients and weights equal PyTorch's", arguments: files, [1, 2, 4])
  func training(file: String, threads: Int) throws {
    let golden = try GoldenTraining(
      path: SharedFiles.goldens.path(file),
      start: SharedFiles.goldens.path("train-bce.safetensors"))
    let trainer = try Trainer(
      configuration: golden.configuration, startingFrom: golden.initialTensors,
      compute: .threads(threads))
    trainer.keepsGradients = true
    for step in 0..<golden.steps {
      let report = try trainer.step(
        pixels: try golden.pixels(step: step), noise: try golden.noise(step: step))
      let terms = report.terms
      let pixels = Double(golden.configuration.imageShape.pixelCount)
      let ours = [
        terms.loss / pixels, terms.reconstruction, terms.continuousKL, terms.discreteKL, terms.loss,
      ]
      for (column, (value, expected)) in zip(ours, golden.losses[step]).enumerated() {
        #expect(
          abs(value - expected) <= 2e-5 * max(1, abs(expected)),
          "step \(step + 1), column \(column): \(value), PyTorch \(expected)")
      }
      if step == 0 { checkGradients(trainer, golden) }
    }
    checkWeights(trainer, golden)
  }

  private func checkGradients(_ trainer: Trainer, _ golden: GoldenTraining) {
    let ours = byName(trainer.gradientTensors)
    for expected in golden.gradients {
      let error = relativeDistance(ours[expected.name] ?? [], floats(expected))
      #expect(error <= 1e-4, "gradient of \(expected.name) is off by \(error) of its norm")
    }
    for expected in golden.gradientNorms {
      checkNorm(ours[expected.name] ?? [], floats(expected), "gradient of \(expected.name)")
    }
    #expect(golden.gradients.count + golden.gradientNorms.count >= ours.count)
  }

  private func checkWeights(_ trainer: Trainer, _ golden: GoldenTraining) {
    let ours = byName(trainer.model.tensors)
    let start = byName(golden.initialTensors)
    for expected in golden.finalTensors {
      let initial = start[expected.name] ?? []
      let change = norm(zip(floats(expected), initial).map { $0 - $1 })
      let error = norm(zip(ours[expected.name] ?? [], floats(expected)).map { $0 - $1 })
      #expect(
        error <= 1e-3 * change, "\(expected.name) is off by \(error / change) of its change")
    }
    for expected in golden.finalNorms {
      checkNorm(ours[expected.name] ?? [], floats(expected), expected.name)
    }
    #expect(golden.finalTensors.count + golden.finalNorms.count >= ours.count)
  }

  private func checkNorm(_ values: [Float], _ expected: [Float], _ name: String) {
    let error = abs(norm(values) / Double(expected[0]) - 1)
    #expect(error <= 1e-4, "norm of \(name) is off by \(error)")
  }
}

/// Tensors' numbers by name.
func byName(_ tensors: [NamedTensor]) -> [String: [Float]] {
  Dictionary(tensors.map { ($0.name, floats($0)) }) { first, _ in first }
}

/// A tensor's numbers; none when they are no 32-bit floating-point numbers.
func floats(_ tensor: NamedTensor) -> [Float] {
  if case .float32(let values) = tensor.elements { values } else { [] }
}

/// The Euclidean norm.
func norm(_ values: [Float]) -> Double {
  values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
}

/// `||a - b|| / ||b||`; infinite when the lengths differ.
func relativeDistance(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .infinity }
  return norm(zip(a, b).map { $0 - $1 }) / max(norm(b), .leastNormalMagnitude)
}
