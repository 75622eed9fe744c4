import Foundation
import JointVAE
import Testing

@Suite struct ReconstructionLossTests {
  static let losses: [ReconstructionLoss] = [
    .binaryCrossEntropy, .continuousBernoulli, .meanSquaredError, .cauchy(scale: 0.5),
    .robust(RobustLoss(alpha: 2, scale: 0.2)), .robust(RobustLoss(alpha: 0.7, scale: 0.2)),
    .robust(RobustLoss(alpha: -.infinity, scale: 0.2)),
    .robustLikelihood(RobustLoss(alpha: 1.5, scale: 0.1)),
    .multikernelCauchy([
      CauchyKernel(scale: 0.5), CauchyKernel(scale: 1), CauchyKernel(scale: 2, weight: 0.25),
    ]),
    .laplace(scale: 0.1), .gaussian(deviation: 0.2),
  ]

  @Test("The slope of a curve is its differences'", arguments: losses)
  func slopes(loss: ReconstructionLoss) throws {
    for x in [-0.93, -0.4, -0.02, 0.01, 0.3, 0.77] {
      let h = 1e-6
      let above = try #require(loss.curve(at: x + h)).value
      let below = try #require(loss.curve(at: x - h)).value
      let slope = try #require(loss.curve(at: x)).slope
      #expect(abs((above - below) / (2 * h) - slope) < 1e-6 * max(1, abs(slope)), "\(x)")
    }
  }

  @Test(
    "A likelihood's density has an integral of 1",
    arguments: [
      ReconstructionLoss.laplace(scale: 0.1), .gaussian(deviation: 0.2),
      .robustLikelihood(RobustLoss(alpha: 1, scale: 0.05)),
      .robustLikelihood(RobustLoss(alpha: 1.7, scale: 0.3)),
      .robustLikelihood(RobustLoss(alpha: 2, scale: 0.3)),
      .robustLikelihood(RobustLoss(alpha: 0, scale: 0.05)),
    ])
  func normalized(loss: ReconstructionLoss) throws {
    // x = sinh(u) reaches the Cauchy density's tails.
    var integral = 0.0
    for number in -60_000...60_000 {
      let u = Double(number) / 2000
      integral += exp(-(try #require(loss.curve(at: sinh(u))).value)) * cosh(u) / 2000
    }
    #expect(abs(integral - 1) < 1e-5, "\(integral)")
    #expect(loss.isLikelihood)
  }

  @Test("Known values: a Laplace's and a normal's density, a sum of Cauchy terms")
  func known() {
    #expect(ReconstructionLoss.laplace(scale: 0.5).curve(at: 1)?.value == 2)
    #expect(ReconstructionLoss.laplace(scale: 0.5).curve(at: 0)?.slope == 0)
    let normal = ReconstructionLoss.gaussian(deviation: 1).curve(at: 2)
    #expect(abs((normal?.value ?? 0) - 2.9189385332046727) < 1e-15)
    let sum = ReconstructionLoss.multikernelCauchy([
      CauchyKernel(scale: 0.5), CauchyKernel(scale: 1, weight: 2),
    ]).curve(at: 1)
    #expect(abs((sum?.value ?? 0) - (log(3) + 2 * log(1.5))) < 1e-15)
    let one = ReconstructionLoss.multikernelCauchy([CauchyKernel(scale: 0.5)])
    #expect(
      one.curve(at: 0.3)?.value == ReconstructionLoss.cauchy(scale: 0.5).curve(at: 0.3)?.value)
    #expect(ReconstructionLoss.binaryCrossEntropy.curve(at: 0.5)?.value == log(2))
    #expect(ReconstructionLoss.binaryCrossEntropy.curve(at: -1)?.value == .infinity)
    // At r = 1/2 the density is even: C = 2. At r = 1/4 it is 2 artanh(1/2) / (1/2).
    let even = ReconstructionLoss.continuousBernoulli
    #expect(abs((even.curve(at: 0.5)?.value ?? 0)) < 1e-15)
    for difference in [0.25, -0.25] {
      let value = even.curve(at: difference)?.value ?? 0
      #expect(abs(value + log(0.75 * 4 * atanh(0.5))) < 1e-14)
    }
    #expect(ReconstructionLoss.adaptive.curve(at: 0) == nil)
  }

  @Test(
    "A number that cannot be is refused by name",
    arguments: [
      (ReconstructionLoss.cauchy(scale: 0), "cauchy scale is 0.0; expected a number above 0"),
      (
        .robust(RobustLoss(alpha: 4.1, scale: 1)),
        "robust alpha is 4.1; expected at most 4.0, or -inf"
      ),
      (
        .robust(RobustLoss(alpha: .nan, scale: 1)),
        "robust alpha is nan; expected at most 4.0, or -inf"
      ),
      (
        .robust(RobustLoss(alpha: 1, scale: 0)),
        "robust scale is 0.0; expected a number from 0.000001 to 1000000"
      ),
      (
        .robustLikelihood(RobustLoss(alpha: -0.5, scale: 1)),
        "robust-likelihood alpha is -0.5; expected from 0 to 2, where the density can be normalized"
      ),
      (
        .robustLikelihood(RobustLoss(alpha: 1, scale: .infinity)),
        "robust-likelihood scale is inf; expected a number from 0.000001 to 1000000"
      ),
      (.multikernelCauchy([]), "multicauchy is 0 scales; expected from 1 to 16"),
      (
        .multikernelCauchy([CauchyKernel(scale: 1), CauchyKernel(scale: -1)]),
        "multicauchy scale is -1.0; expected a number from 0.000001 to 1000000"
      ),
      (
        .multikernelCauchy([CauchyKernel(scale: 1, weight: .nan)]),
        "multicauchy weight is nan; expected a number from 0.000001 to 1000000"
      ),
      (
        .laplace(scale: 1e-7), "laplace scale is 1e-07; expected a number from 0.000001 to 1000000"
      ),
      (
        .gaussian(deviation: -1),
        "gaussian deviation is -1.0; expected a number from 0.000001 to 1000000"
      ),
    ])
  func refused(loss: ReconstructionLoss, sentence: String) {
    let configuration = smallConfiguration { $0.reconstructionLoss = loss }
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.description == sentence)
  }

  @Test(
    "The ends of the ranges train: every loss and slope stays a number", arguments: [1e-6, 1e6])
  func ends(scale: Double) throws {
    for loss: ReconstructionLoss in [
      .robust(RobustLoss(alpha: 4, scale: scale)), .robust(RobustLoss(alpha: -1e300, scale: scale)),
      .robust(RobustLoss(alpha: -.infinity, scale: scale)), .laplace(scale: scale),
      .gaussian(deviation: scale), .robustLikelihood(RobustLoss(alpha: 2, scale: scale)),
      .robustLikelihood(RobustLoss(alpha: 0, scale: scale)),
      .multikernelCauchy([CauchyKernel(scale: scale, weight: 1e6)]),
    ] {
      let configuration = smallConfiguration {
        $0.reconstructionLoss = loss
        $0.length = .steps(1)
      }
      let trainer = try Trainer(configuration: configuration, compute: .threads(1))
      try trainer.train(on: NoiseImages(count: 8))
      let isFinite = trainer.model.tensors.allSatisfy { floats($0).allSatisfy(\.isFinite) }
      #expect(isFinite, "\(loss)")
    }
  }
}
