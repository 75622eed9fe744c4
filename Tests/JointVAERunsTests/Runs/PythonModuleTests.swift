import JointVAE
import JointVAERuns
import TestSupport
import Testing

/// The PyTorch module that is written for a network loads the model's state dictionary and computes the same.
@Suite struct PythonModuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let shape: ImageShape
    let latents: LatentSpec
    let widths: NetworkWidths?

    init(_ shape: ImageShape, _ latents: LatentSpec, channels: [Int]? = nil, hidden: [Int] = [256])
    {
      testDescription = "\(shape), \(latents), \(channels ?? []), \(hidden)"
      self.shape = shape
      self.latents = latents
      widths = channels.map { NetworkWidths(mirroring: $0, hiddenUnits: hidden, for: shape) }
    }

    init(_ name: String, _ shape: ImageShape, _ widths: NetworkWidths) {
      testDescription = name
      self.shape = shape
      latents = LatentSpec(continuous: 3, discrete: [4])
      self.widths = widths
    }
  }

  static let cases = [
    Case(ImageShape(size: 32), LatentSpec(continuous: 10, discrete: [10])),
    Case(ImageShape(size: 28), LatentSpec(continuous: 3, discrete: [4, 2])),
    Case(
      ImageShape(height: 31, width: 17, channels: 3), LatentSpec(continuous: 2),
      channels: [64, 32, 96], hidden: [128, 64]),
    Case(
      ImageShape(height: 48, width: 80, channels: 3), LatentSpec(continuous: 0, discrete: [5])),
    Case("deep", ImageShape(size: 32), NetworkPreset.deep.widths(for: ImageShape(size: 32))),
    Case(
      "stages of its own, leaky", ImageShape(height: 21, width: 30, channels: 3),
      NetworkWidths(
        mirroring: [
          NetworkStage(channels: 32), NetworkStage(channels: 64, convolutions: [96, 32]),
          NetworkStage(channels: 64, convolutions: [32]),
        ], hiddenUnits: [64], activation: .leaky)),
  ]

  @Test(
    "loads strictly and computes the same to 1e-5",
    .enabled(if: Python.has("torch", "safetensors"), "PyTorch and safetensors are not there"),
    arguments: cases)
  func loads(test: Case) throws {
    let shape = test.shape
    let model = try JointVAEModel(
      imageShape: shape, latents: test.latents, widths: test.widths, seed: 7)
    let values = (0..<5 * shape.valueCount).map { Float($0 * 37 % 256) / 255 }
    let images = ImageBatch(shape: shape, values: values)
    try withTemporaryFolder { folder in
      try model.save(to: "\(folder)/run.safetensors")
      let conversion = try ModelConversion(
        from: "\(folder)/run.safetensors", to: "\(folder)/model.pt",
        pythonModule: "\(folder)/model.py")
      try conversion.write()
      // The sizes that the tensors do not tell come back.
      #expect(try JointVAEModel(contentsOf: "\(folder)/model.pt").network == model.network)
      try Safetensors(tensors: [
        NamedTensor(
          name: "images", shape: [5, shape.channels, shape.height, shape.width],
          floats: Self.channelsFirst(images.values, shape))
      ]).write(to: "\(folder)/in.safetensors")
      let run = try Python.run([
        "\(SharedFiles.packageFolder)/Tests/Oracles/python_module.py", "\(folder)/model.py",
        "\(folder)/model.pt", "\(folder)/in.safetensors", "\(folder)/out.safetensors",
      ])
      #expect(run.exitCode == 0, "\(run.text)")
      let theirs = try Safetensors(contentsOf: "\(folder)/out.safetensors")
      let encoding = try model.encode(images)
      var ours: [(String, [Float])] = [
        ("mean", encoding.mean), ("log_variance", encoding.logVariance),
        ("reconstruction", Self.channelsFirst(try model.reconstruct(images).values, shape)),
      ]
      ours += encoding.probabilities.enumerated().map { ("alpha.\($0.offset)", $0.element) }
      for (name, values) in ours where !values.isEmpty {
        let found = try #require(theirs[name]).floats
        #expect(found.count == values.count, "\(name)")
        let largest = zip(found, values).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(largest < 1e-5, "\(name)")
      }
    }
  }

  /// `[image, y, x, channel]` to `[image, channel, y, x]`.
  private static func channelsFirst(_ values: [Float], _ shape: ImageShape) -> [Float] {
    values.indices.map { place in
      let (image, rest) = place.quotientAndRemainder(dividingBy: shape.valueCount)
      let (channel, pixel) = rest.quotientAndRemainder(dividingBy: shape.pixelCount)
      return values[image * shape.valueCount + pixel * shape.channels + channel]
    }
  }

  @Test("A module that stands there already is kept, unless it may go")
  func keeps() throws {
    try withTemporaryFolder { folder in
      let model = try JointVAEModel(
        imageShape: ImageShape(size: 9), latents: LatentSpec(continuous: 1))
      try model.save(to: "\(folder)/a.safetensors")
      func convert(replacing: Bool) throws {
        try ModelConversion(
          from: "\(folder)/a.safetensors", to: "\(folder)/a.pt", replacing: replacing,
          pythonModule: "\(folder)/a.py"
        ).write()
      }
      try convert(replacing: false)
      #expect(throws: (any Error).self) { try convert(replacing: false) }
      try convert(replacing: true)
    }
  }
}
