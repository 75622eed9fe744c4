import JointVAE
import JointVAEKernels
import Testing

/// Training with either way of computing convolutions.
@Suite struct TrainingMethodTests {
  private func gradients(
    _ method: ConvolutionMethod, size: Int, threads: Int
  ) throws -> [[Float]] {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: size), latents: LatentSpec(continuous: 3, discrete: [4]))
    configuration.batchSize = 10
    let trainer = try Trainer(
      configuration: configuration, compute: .threads(threads), convolution: method)
    trainer.keepsGradients = true
    let pixels = randomBytes(configuration.batchSize * size * size)
    for step in 1...2 { _ = try trainer.step(pixels: pixels, noise: .random(seed: 5, step: step)) }
    return trainer.gradientTensors.map { tensor in
      guard case .float32(let values) = tensor.elements else { return [] }
      return values
    }
  }

  @Test(
    "Gradients by Winograd's convolutions equal the direct ones up to rounding",
    arguments: [16, 64])
  func agree(size: Int) throws {
    let direct = try gradients(.direct, size: size, threads: 1)
    let winograd = try gradients(.winograd, size: size, threads: 1)
    #expect(direct.count == winograd.count)
    // The switch does something.
    #expect(direct != winograd)
    for (a, b) in zip(direct, winograd) {
      let difference = zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
      let norm = a.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(difference.squareRoot() <= 2e-5 * norm.squareRoot())
    }
  }

  @Test(
    "The number of threads changes no bit, whatever the method", arguments: ["direct", "winograd"])
  func threadCounts(name: String) throws {
    let method = try #require(ConvolutionMethod(rawValue: name))
    let one = try gradients(method, size: 32, threads: 1)
    for threads in [2, 3] {
      #expect(try gradients(method, size: 32, threads: threads) == one)
    }
  }

  @Test("automatic is the default")
  func automatic() throws {
    var configuration = TrainingConfiguration(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2))
    configuration.batchSize = 3
    let pixels = randomBytes(3 * 256)
    func weights(_ trainer: Trainer) throws -> [NamedTensor] {
      _ = try trainer.step(pixels: pixels, noise: .random(seed: 6, step: 1))
      return trainer.model.tensors
    }
    let chosen = try weights(Trainer(configuration: configuration, convolution: .automatic))
    #expect(try weights(Trainer(configuration: configuration)) == chosen)
    #expect(try weights(Trainer(configuration: configuration, convolution: .direct)) != chosen)
  }
}
