import Foundation
import JointVAE
import TestSupport
import Testing

/// `(r - x)^2 (1 + x)`: squared error that counts double where the image is white.
private struct WeightedSquares: ValueLoss {
  var name = "weighted squares"
  var extra = 1.0

  func evaluate(reconstruction: Double, target: Double) -> (value: Double, slope: Double) {
    let (difference, weight) = (reconstruction - target, 1 + extra * target)
    return (weight * difference * difference, 2 * weight * difference)
  }
}

@Suite("A program's own reconstruction loss") struct ValueLossTests {
  private func trained(
    _ loss: (any ValueLoss)?, _ listed: ReconstructionLoss = .binaryCrossEntropy
  ) throws -> [UInt8] {
    let configuration = smallConfiguration { $0.reconstructionLoss = listed }
    let trainer = try Trainer(configuration: configuration, loss: loss, compute: .threads(2))
    try trainer.train(on: NoiseImages(count: 29), validation: NoiseImages(count: 4))
    return try savedBytes(trainer.model)
  }

  @Test("that is the squared error trains as mse does, up to rounding, and another one otherwise")
  func equalsListed() throws {
    func losses(_ loss: (any ValueLoss)?, _ listed: ReconstructionLoss) throws -> [Double] {
      let configuration = smallConfiguration { $0.reconstructionLoss = listed }
      let trainer = try Trainer(configuration: configuration, loss: loss, compute: .threads(2))
      var losses: [Double] = []
      try trainer.train(on: NoiseImages(count: 29), validation: NoiseImages(count: 4)) {
        switch $0 {
        case .step(let report): losses.append(report.terms.reconstruction)
        case .epoch(let report): losses.append(report.validation?.reconstruction ?? -1)
        default: break
        }
        return .proceed
      }
      return losses
    }
    let listed = try losses(nil, .meanSquaredError)
    let own = try losses(WeightedSquares(extra: 0), .binaryCrossEntropy)
    let other = try losses(WeightedSquares(), .binaryCrossEntropy)
    #expect(own.count == listed.count && own.count > 4)
    for (a, b) in zip(own, listed) { #expect(abs(a - b) < 1e-4 * b) }
    #expect(zip(other, listed).allSatisfy { $0 > 1.05 * $1 })
  }

  @Test("takes the place of an adaptive loss: nothing is learned")
  func adaptive() throws {
    #expect(try trained(WeightedSquares(), .adaptive) == trained(WeightedSquares()))
  }

  @Test("is measured: the sum over an image's values")
  func measured() throws {
    let shape = ImageShape(size: 16, channels: 1)
    let model = try JointVAEModel(imageShape: shape, latents: LatentSpec(continuous: 2))
    let pixels = randomBytes(2 * shape.valueCount)
    let codes: [Float] = [0.3, -1, 2, 0.5, -0.7, 0.1]
    let values = try model.reconstructionLosses(
      of: codes, against: pixels, targets: [1, 0, 1], loss: WeightedSquares())
    let images = try model.decode(vectors: codes)
    for (vector, target) in [1, 0, 1].enumerated() {
      let expected = (0..<shape.valueCount).reduce(0.0) { sum, place in
        let x = Double(pixels[target * shape.valueCount + place]) / 255
        let r = Double(images.values[vector * shape.valueCount + place])
        return sum + (1 + x) * (r - x) * (r - x)
      }
      #expect(abs(values[vector] - expected) < 1e-4 * expected)
    }
  }

  @Test("is part of a training state: another one, or none, is refused")
  func resumed() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let configuration = smallConfiguration()
      let loss = WeightedSquares()
      let whole = try Trainer(configuration: configuration, loss: loss)
      try whole.train(on: NoiseImages(count: 29))
      let first = try Trainer(configuration: configuration, loss: loss)
      try first.train(on: NoiseImages(count: 29)) {
        if case .step(let report) = $0, report.step == 3 { return .stop }
        return .proceed
      }
      try first.saveState(to: path)
      let second = try Trainer(resumingFrom: path, configuration: configuration, loss: loss)
      try second.train(on: NoiseImages(count: 29))
      #expect(try savedBytes(second.model) == savedBytes(whole.model))

      let missing = #expect(throws: FileError.self) {
        try Trainer(resumingFrom: path, configuration: configuration)
      }
      #expect(
        missing?.problem
          == "was trained with the loss weighted squares, not with the settings' loss")
      let other = #expect(throws: FileError.self) {
        try Trainer(
          resumingFrom: path, configuration: configuration, loss: WeightedSquares(name: "other"))
      }
      #expect(
        other?.problem == "was trained with the loss weighted squares, not with the loss other")
    }
  }
}
