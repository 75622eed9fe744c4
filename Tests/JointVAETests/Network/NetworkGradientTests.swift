import JointVAE
import JointVAEKernels
import Testing

/// Gradients of whole networks against central differences of a Double implementation.
@Suite struct NetworkGradientTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let configuration: TrainingConfiguration
    /// Whether `OwnTerm` and `OwnDivergenceTerm` are added.
    let hasOwnTerms: Bool

    init(
      _ name: String, size: ImageSize = 16, channels: Int = 1, _ latents: LatentSpec,
      samples: Int = 3,
      hasOwnTerms: Bool = false,
      change: (inout TrainingConfiguration) -> Void = { _ in }
    ) {
      testDescription = name
      self.hasOwnTerms = hasOwnTerms
      var configuration = TrainingConfiguration(
        imageShape: ImageShape(size: size, channels: channels), latents: latents)
      configuration.continuousCapacity = Capacity(
        minimum: 0.4, maximum: 5, rampSteps: 100, weight: 30)
      configuration.discreteCapacity = Capacity(
        minimum: 0.2, maximum: 5, rampSteps: 100, weight: 20)
      configuration.batchSize = samples
      configuration.seed = 5
      change(&configuration)
      self.configuration = configuration
    }
  }

  static let cases = [
    Case("continuous and discrete", LatentSpec(continuous: 3, discrete: [4])),
    Case("only continuous", LatentSpec(continuous: 5)),
    Case("only discrete", LatentSpec(continuous: 0, discrete: [7])),
    Case("several discrete", LatentSpec(continuous: 2, discrete: [5, 3, 2])),
    Case("a discrete variable of size 1", LatentSpec(continuous: 2, discrete: [1, 4])),
    Case("nothing but size 1", LatentSpec(continuous: 0, discrete: [1])),
    Case("40 and 28 and 14 and 1", LatentSpec(continuous: 8, discrete: [40, 28, 14, 1])),
    Case("RGB", channels: 3, LatentSpec(continuous: 2, discrete: [3])),
    Case("RGB, summed", channels: 3, LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionScale = .sum
    },
    Case("other widths", LatentSpec(continuous: 2, discrete: [3]), samples: 9) {
      $0.widths = NetworkWidths(
        encoderChannels: [32, 96], decoderChannels: [32], hiddenUnits: 160)
    },
    Case("wide RGB", size: 32, channels: 3, LatentSpec(continuous: 3, discrete: [4])) {
      $0.widths = NetworkWidths(
        encoderChannels: [64, 96, 128], decoderChannels: [96, 32], hiddenUnits: 320)
    },
    Case("28 pixels", size: 28, LatentSpec(continuous: 2, discrete: [3]), samples: 5),
    Case("8 pixels: one halving", size: 8, LatentSpec(continuous: 2, discrete: [3]), samples: 9),
    Case(
      "odd sides", size: ImageSize(height: 31, width: 17), LatentSpec(continuous: 2, discrete: [3]),
      samples: 4),
    Case(
      "a strip", size: ImageSize(height: 9, width: 70), channels: 3,
      LatentSpec(continuous: 2, discrete: [3]), samples: 2),
    Case(
      "high, gray with alpha", size: ImageSize(height: 37, width: 8), channels: 2,
      LatentSpec(continuous: 2, discrete: [3]), samples: 3),
    Case("RGB with alpha", size: 12, channels: 4, LatentSpec(continuous: 2, discrete: [3])),
    Case(
      "48x80 RGB", size: ImageSize(height: 48, width: 80), channels: 3, LatentSpec(continuous: 2),
      samples: 1),
    Case("wide near the image", size: 20, LatentSpec(continuous: 2, discrete: [3]), samples: 4) {
      $0.networkWidths = NetworkWidths(
        mirroring: [64, 96, 32], hiddenUnits: [64, 96], for: $0.imageShape)
    },
    Case("down to one pixel", size: 9, channels: 3, LatentSpec(continuous: 2, discrete: [3])) {
      $0.networkWidths = NetworkWidths(mirroring: [32, 32, 64, 32], for: $0.imageShape)
    },
    Case("one halving of many", size: 14, LatentSpec(continuous: 2, discrete: [3])) {
      $0.networkWidths = NetworkWidths(
        mirroring: [96], hiddenUnits: [32, 32, 32], for: $0.imageShape)
    },
    Case("deep", size: 20, LatentSpec(continuous: 2, discrete: [3]), samples: 4) {
      $0.networkWidths = NetworkPreset.deep.widths(for: $0.imageShape)
    },
    Case("leaky ReLU", LatentSpec(continuous: 2, discrete: [3])) {
      $0.networkWidths.activation = .leaky
    },
    Case(
      "deep and leaky, of odd sides", size: ImageSize(height: 13, width: 22), channels: 3,
      LatentSpec(continuous: 2, discrete: [3])
    ) {
      $0.networkWidths = NetworkWidths(
        encoder: [
          NetworkStage(channels: 32, convolutions: [64, 32]), NetworkStage(channels: 64),
          NetworkStage(channels: 32, convolutions: [96]),
        ],
        featureConvolutions: [32, 64],
        decoder: [
          NetworkStage(channels: 96), NetworkStage(channels: 32, convolutions: [64]),
        ], hiddenUnits: [64, 96], activation: .leaky)
    },
    Case("squared error", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .meanSquaredError
    },
    Case("continuous Bernoulli, RGB", channels: 3, LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .continuousBernoulli
    },
    Case("Cauchy", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .cauchy(scale: 0.7)
    },
    Case("robust, alpha 1.3", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .robust(RobustLoss(alpha: 1.3, scale: 0.4))
    },
    Case("robust, alpha 2", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .robust(RobustLoss(alpha: 2, scale: 0.4))
    },
    Case("robust, alpha -infinity", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .robust(RobustLoss(alpha: -.infinity, scale: 0.4))
    },
    Case("robust likelihood, RGB", channels: 3, LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .robustLikelihood(RobustLoss(alpha: 1, scale: 0.3))
    },
    Case("adaptive", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .adaptive
    },
    Case("multikernel Cauchy", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .multikernelCauchy([
        CauchyKernel(scale: 0.1, weight: 0.5), CauchyKernel(scale: 1, weight: 3),
      ])
    },
    Case("Laplace", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .laplace(scale: 0.2)
    },
    Case("Gauss", LatentSpec(continuous: 2, discrete: [3])) {
      $0.reconstructionLoss = .gaussian(deviation: 0.3)
    },
    Case("another temperature", LatentSpec(continuous: 2, discrete: [3])) {
      $0.temperature = 1.3
    },
    Case("above its capacities", LatentSpec(continuous: 2, discrete: [3])) {
      $0.continuousCapacity = Capacity(maximum: 0, rampSteps: 1, weight: 10)
      $0.discreteCapacity = Capacity(maximum: 0, rampSteps: 1, weight: 10)
    },
    Case("pairs", LatentSpec(continuous: 2, discrete: [3]), samples: 4) {
      $0.pairing = Pairing(swapsCategories: false)
    },
    Case(
      "pairs decoded with each other's categories", LatentSpec(continuous: 2, discrete: [3, 4]),
      samples: 6
    ) {
      $0.pairing = Pairing(consistencyWeight: 3, balanceWeight: 500, balanceMemory: 0.5)
    },
    Case(
      "pairs with self-labels of the sure", LatentSpec(continuous: 2, discrete: [3, 2]), samples: 8
    ) {
      $0.pairing = Pairing(selfLabels: SelfLabels(weight: 40, step: 0, threshold: 0.36))
    },
    Case("pairs with self-labels of all", LatentSpec(continuous: 2, discrete: [3]), samples: 4) {
      $0.pairing = Pairing(selfLabels: SelfLabels(weight: 400, step: 0, threshold: 0))
    },
    Case("pairs without discrete variables", LatentSpec(continuous: 2), samples: 2) {
      $0.pairing = Pairing()
    },
    Case("VAE", LatentSpec(continuous: 3, discrete: [4])) { $0.model = .vae },
    Case("beta-VAE", LatentSpec(continuous: 2, discrete: [3, 2])) {
      $0.model = .betaVAE(beta: 40)
    },
    Case("CCI-VAE", LatentSpec(continuous: 3)) { $0.model = .cciVAE },
    Case("CCI-VAE with discrete variables", LatentSpec(continuous: 2, discrete: [3])) {
      $0.model = .cciVAE
    },
    Case("beta-TCVAE", LatentSpec(continuous: 3), samples: 4) {
      $0.model = .betaTCVAE(beta: 2_000)
    },
    Case("beta-TCVAE, weighted", LatentSpec(continuous: 3), samples: 9) {
      $0.model = .betaTCVAE(beta: 2_000, sampling: .weighted)
    },
    Case("DIP-VAE I", LatentSpec(continuous: 3), samples: 5) {
      $0.model = .dipVAE1(offDiagonal: 1e6, diagonal: 100)
    },
    Case("DIP-VAE II", LatentSpec(continuous: 3), samples: 5) {
      $0.model = .dipVAE2(offDiagonal: 1e6, diagonal: 100)
    },
    Case(
      "terms of a program's own", LatentSpec(continuous: 3, discrete: [4, 2]), hasOwnTerms: true),
    Case("terms of its own without z", LatentSpec(continuous: 0, discrete: [4]), hasOwnTerms: true),
    Case("terms of its own without c", LatentSpec(continuous: 3), hasOwnTerms: true),
    Case(
      "terms of its own with pairs", LatentSpec(continuous: 2, discrete: [3]), samples: 4,
      hasOwnTerms: true
    ) {
      $0.pairing = Pairing()
    },
    Case("32 pixels, 9 samples", size: 32, LatentSpec(continuous: 2, discrete: [3]), samples: 9),
    Case("64 pixels", size: 64, LatentSpec(continuous: 2, discrete: [3]), samples: 1),
    Case("128 pixels", size: 128, LatentSpec(continuous: 1, discrete: [2]), samples: 1),
  ]

  @Test(
    "Every parameter's gradient equals finite differences", arguments: cases)
  func gradients(test: Case) throws {
    let configuration = test.configuration
    let (own, ownDivergence) = (OwnTerm(), OwnDivergenceTerm())
    let trainer = try Trainer(
      configuration: configuration, terms: test.hasOwnTerms ? [own, ownDivergence] : [],
      compute: .threads(2))
    trainer.keepsGradients = true
    let start = trainer.model.tensors
    let pixels = randomBytes(configuration.batchSize * configuration.imageShape.valueCount)
    let random = Philox(seed: 9)
    let spec = configuration.latents
    let normals = (0..<configuration.batchSize * spec.continuous).map {
      Philox.normals(random.words(SIMD4(UInt32($0), 0, 0, 1))[0], 77 + UInt32($0)).0
    }
    let uniforms = (0..<configuration.batchSize * spec.categoryCount).map {
      Philox.uniform(random.words(SIMD4(UInt32($0), 0, 0, 2))[0])
    }
    let report = try trainer.step(
      pixels: pixels, noise: .given(normals: normals, uniforms: uniforms))
    var oracle = NetworkOracle(configuration: configuration, tensors: start)
    if test.hasOwnTerms {
      oracle.addition = { images in
        let count = Double(images.count)
        let divergences = TotalDivergences(
          continuous: images.reduce(0) { $0 + $1.divergences.continuous } / count,
          discrete: images.reduce(0) { $0 + $1.divergences.discrete } / count)
        return own.weight * own.value(images)
          + ownDivergence.weight * ownDivergence.evaluate(divergences, step: 1).value
      }
    }
    func value() -> Double {
      oracle.objective(pixels: pixels, normals: normals, uniforms: uniforms, step: 1)
    }
    let loss = value()
    #expect(
      abs(report.terms.loss / Double(configuration.imageShape.pixelCount) - loss) < 2e-6 * loss)

    oracle.balanceScale = 1 / (1 - (configuration.pairing?.balanceMemory ?? 0))
    // Large networks are slow in the oracle: there, one direction for all parameters has to do.
    let gradients = trainer.gradientTensors
    let isLarge = try configuration.network().multiplyAdds > 8_000_000
    let groups = isLarge ? [gradients] : gradients.map { [$0] }
    for group in groups {
      var expected = 0.0
      var scale = 0.0
      let h = 1e-6
      let originals = oracle.weights
      for side in [1.0, -1.0] {
        for gradient in group {
          let values = floats(gradient).map(Double.init)
          // Along the gradient itself nothing cancels, and no ReLU is crossed by accident.
          let length = norm(floats(gradient))
          guard length > 0, let original = originals[gradient.name] else { continue }
          oracle.weights[gradient.name] = zip(original, values).map {
            $0 + side * h * $1 / length
          }
          if side > 0 { scale += length }
        }
        expected += side * value() / (2 * h)
        oracle.weights = originals
      }
      let name = group.map(\.name).joined(separator: " ")
      #expect(
        abs(expected - scale) <= 1e-4 * scale + 2e-8, "\(name): \(scale), expected \(expected)")
    }
  }
}

/// Bytes from 0 to 255 without a pattern.
func randomBytes(_ count: Int, seed: UInt64 = 3) -> [UInt8] {
  let random = Philox(seed: seed)
  return (0..<count).map {
    UInt8(truncatingIfNeeded: random.words(SIMD4(UInt32($0), 4, 5, 6))[1])
  }
}
