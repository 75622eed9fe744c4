import JointVAE
import TestSupport
import Testing

/// Models saved here are the reference's network in PyTorch: same names, same shapes, same numbers.
@Suite(.enabled(if: Python.has("torch", "safetensors"), "python3 has no torch and safetensors"))
struct PyTorchModelTests {
  static let specs = [
    (ImageShape(size: 32), LatentSpec(continuous: 10, discrete: [10])),
    (ImageShape(size: 64, channels: 3), LatentSpec(continuous: 3, discrete: [4, 2])),
    (ImageShape(size: 64), LatentSpec(continuous: 6)),
    (ImageShape(size: 32, channels: 3), LatentSpec(continuous: 0, discrete: [5])),
  ]

  @Test(
    "load strictly and compute the same", arguments: specs, CheckpointFormat.allCases)
  func loads(spec: (ImageShape, LatentSpec), format: CheckpointFormat) throws {
    let (shape, latents) = spec
    let model = try JointVAEModel(imageShape: shape, latents: latents, seed: 7)
    let images = ImageBatch(
      shape: shape, values: randomBytes(5 * shape.valueCount).map { Float($0) / 255 })
    try withTemporaryFolder { folder in
      let path = "\(folder)/model.\(format.rawValue)"
      try model.save(to: path)
      try Safetensors(tensors: [
        NamedTensor(
          name: "images", shape: [5, shape.channels, shape.height, shape.width],
          floats: channelsFirst(images))
      ]).write(to: "\(folder)/in.safetensors")
      let script = "\(SharedFiles.packageFolder)/Tests/Oracles/reference_model.py"
      let run = try Python.run([
        script, path, "\(folder)/in.safetensors", "\(folder)/out.safetensors",
      ])
      #expect(run.exitCode == 0, "\(run.text)")
      let theirs = try Safetensors(contentsOf: "\(folder)/out.safetensors")
      func numbers(_ name: String) throws -> [Float] { floats(try #require(theirs[name])) }
      let ours = try model.encode(images)
      if latents.continuous > 0 {
        #expect(largestDifference(ours.mean, try numbers("mean")) < 1e-5)
        #expect(largestDifference(ours.logVariance, try numbers("log_variance")) < 1e-5)
      }
      for variable in latents.discrete.indices {
        #expect(
          largestDifference(ours.probabilities[variable], try numbers("alpha.\(variable)")) < 1e-5)
      }
      let rebuilt = channelsFirst(try model.decode(vectors: ours.modes()))
      #expect(largestDifference(rebuilt, try numbers("reconstruction")) < 1e-5)
    }
  }

  /// `[image, y, x, channel]` as PyTorch has it, `[image, channel, y, x]`.
  private func channelsFirst(_ batch: ImageBatch) -> [Float] {
    let shape = batch.shape
    return (0..<batch.count).flatMap { image in
      (0..<shape.channels).flatMap { channel in
        (0..<shape.pixelCount).map {
          batch.values[(image * shape.pixelCount + $0) * shape.channels + channel]
        }
      }
    }
  }
}
