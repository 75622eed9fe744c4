import Foundation
import JointVAE
import TestSupport
import Testing

/// The gray that reconstructions begin at.
@Suite("Initial output") struct InitialOutputTests {
  private func configuration(
    _ values: [Double]?, channels: Int = 1
  ) -> TrainingConfiguration {
    smallConfiguration {
      $0.imageShape.channels = channels
      $0.initialOutput = values
    }
  }

  @Test(
    "Only the biases of the output layer begin elsewhere: at the logit of each channel's value",
    arguments: [
      (1, [0.05], [0.05]), (3, [0.9], [0.9, 0.9, 0.9]), (3, [0.1, 0.5, 0.97], [0.1, 0.5, 0.97]),
      (4, [0.2, 0.4, 0.6, 0.8], [0.2, 0.4, 0.6, 0.8]),
    ] as [(Int, [Double], [Double])])
  func biases(channels: Int, values: [Double], expected: [Double]) throws {
    let usual = try Trainer(configuration: configuration(nil, channels: channels)).model
    let model = try Trainer(configuration: configuration(values, channels: channels)).model
    let last = try #require(model.tensors.last)
    #expect(last.name.hasSuffix("bias") && last.shape == [channels])
    for (found, wanted) in zip(last.floats, expected) {
      #expect(abs(Double(found) - log(wanted / (1 - wanted))) < 1e-5)
    }
    #expect(model.tensors.dropLast() == usual.tensors.dropLast())
    // What the decoder draws before the first step is near it.
    let drawn = try model.sample(16, seed: 3)
    for (channel, wanted) in expected.enumerated() {
      let pixels = stride(from: channel, to: drawn.values.count, by: channels).map {
        Double(drawn.values[$0])
      }
      #expect(abs(pixels.reduce(0, +) / Double(pixels.count) - wanted) < 0.08)
    }
  }

  @Test("A training that is saved and resumed ends with the same bits")
  func resumed() throws {
    let configuration = configuration([0.1])
    let images = NoiseImages(count: 12)
    let whole = try Trainer(configuration: configuration, compute: .threads(2))
    try whole.train(on: images)
    let resumed = try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let first = try Trainer(configuration: configuration, compute: .threads(1))
      try first.train(on: images, until: 3)
      try first.saveState(to: path)
      return try Trainer(
        resumingFrom: path, configuration: configuration, compute: .threads(2))
    }
    try resumed.train(on: images)
    #expect(resumed.model.tensors == whole.model.tensors)
    let other = try Trainer(configuration: self.configuration(nil), compute: .threads(2))
    try other.train(on: images)
    #expect(other.model.tensors != whole.model.tensors)
  }

  @Test("Settings without it are stored as ever")
  func stored() throws {
    let text = String(decoding: try JSONEncoder().encode(configuration(nil)), as: UTF8.self)
    #expect(!text.contains("initialOutput"))
    let given = configuration([0.25])
    #expect(
      try JSONDecoder().decode(TrainingConfiguration.self, from: JSONEncoder().encode(given))
        == given)
  }

  @Test(
    "Black, white and another number of values than channels are refused",
    arguments: [
      (1, []), (1, [0]), (1, [1]), (1, [-0.1]), (1, [.nan]), (1, [0.2, 0.3]), (3, [0.2, 0.3]),
      (3, [0.2, 0.3, 1]),
    ] as [(Int, [Double])])
  func refused(channels: Int, values: [Double]) {
    let error = #expect(throws: ConfigurationError.self) {
      try configuration(values, channels: channels).validate()
    }
    #expect(error?.setting == "initial output")
    #expect(error?.expected.hasSuffix("above 0 and below 1") == true)
  }
}
