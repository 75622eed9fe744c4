import JointVAE
import Testing

/// Names and shapes of all tensors, as the reference has them.
@Suite struct NetworkShapeTests {
  private func shapes(_ size: Int, _ channels: Int = 1, _ latents: LatentSpec) throws -> [String] {
    try JointVAEModel(imageShape: ImageShape(size: size, channels: channels), latents: latents)
      .tensors.filter { $0.name.hasSuffix("weight") }.map { "\($0.name) \($0.shape)" }
  }

  @Test func network32() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 32), latents: LatentSpec(continuous: 10, discrete: [10]))
    // The published MNIST checkpoint has 687,359 parameters.
    #expect(model.parameterCount == 687_359)
    #expect(
      try shapes(32, 1, LatentSpec(continuous: 10, discrete: [10])) == [
        "img_to_features.0.weight [32, 1, 4, 4]", "img_to_features.2.weight [64, 32, 4, 4]",
        "img_to_features.4.weight [64, 64, 4, 4]", "features_to_hidden.0.weight [256, 1024]",
        "fc_mean.weight [10, 256]", "fc_log_var.weight [10, 256]", "fc_alphas.0.weight [10, 256]",
        "latent_to_features.0.weight [256, 20]", "latent_to_features.2.weight [1024, 256]",
        "features_to_img.0.weight [64, 32, 4, 4]", "features_to_img.2.weight [32, 32, 4, 4]",
        "features_to_img.4.weight [32, 1, 4, 4]",
      ])
  }

  @Test func network64() throws {
    let names = try shapes(64, 3, LatentSpec(continuous: 0, discrete: [4, 1]))
    #expect(
      names == [
        "img_to_features.0.weight [32, 3, 4, 4]", "img_to_features.2.weight [32, 32, 4, 4]",
        "img_to_features.4.weight [64, 32, 4, 4]", "img_to_features.6.weight [64, 64, 4, 4]",
        "features_to_hidden.0.weight [256, 1024]", "fc_alphas.0.weight [4, 256]",
        "fc_alphas.1.weight [1, 256]", "latent_to_features.0.weight [256, 5]",
        "latent_to_features.2.weight [1024, 256]", "features_to_img.0.weight [64, 64, 4, 4]",
        "features_to_img.2.weight [64, 32, 4, 4]", "features_to_img.4.weight [32, 32, 4, 4]",
        "features_to_img.6.weight [32, 3, 4, 4]",
      ])
  }

  @Test(
    "Every supported size goes to 4x4 and back",
    arguments: [8, 16, 27, 28, 32, 50, 64, 96, 128, 200, 256], [1, 3])
  func sizes(size: Int, channels: Int) throws {
    let shape = ImageShape(size: size, channels: channels)
    let model = try JointVAEModel(
      imageShape: shape, latents: LatentSpec(continuous: 2, discrete: [3]))
    let images = ImageBatch(
      shape: shape,
      values: randomBytes(3 * shape.valueCount).map { Float($0) / 255 })
    let encoding = try model.encode(images)
    #expect(encoding.count == 3 && encoding.mean.count == 6 && encoding.probabilities[0].count == 9)
    let decoded = try model.decode(vectors: encoding.modes())
    #expect(decoded.count == 3 && decoded.shape == shape)
    #expect(decoded.values.allSatisfy { (0...1).contains($0) })
  }

  @Test("Initial weights are uniform within 1 / sqrt(fan_in)")
  func initialWeights() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 32), latents: LatentSpec(continuous: 10, discrete: [10]))
    // A transposed convolution's fan-in is its output channels times 16.
    let bounds = [
      "img_to_features.0": 16, "img_to_features.2": 512, "features_to_hidden.0": 1024,
      "fc_mean": 256, "latent_to_features.0": 20, "features_to_img.0": 512,
      "features_to_img.4": 16,
    ]
    let tensors = byName(model.tensors)
    for (name, fanIn) in bounds {
      let bound = 1 / Float(fanIn).squareRoot()
      let values = try #require(tensors["\(name).weight"])
      #expect(values.allSatisfy { abs($0) <= bound })
      let variance = values.reduce(0) { $0 + Double($1 * $1) } / Double(values.count)
      let expected = Double(bound * bound) / 3
      #expect(abs(variance / expected - 1) < 6 / Double(values.count).squareRoot(), "\(name)")
      #expect(try #require(tensors["\(name).bias"]).allSatisfy { abs($0) <= bound })
    }
  }
}
