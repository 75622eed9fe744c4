import Foundation
import JointVAE
import JointVAEMetrics
import Testing

@Suite("Bounds of the log-likelihood") struct LikelihoodBoundTests {
  static let images = FormulaImages(count: 12)
  static let latents = LatentSpec(continuous: 2, discrete: [3])

  /// `log p(x)` of image `index` when every value has the same logit.
  static func logLikelihood(_ index: Int, logit: Double) -> Double {
    images.values(of: index).reduce(0) { $0 + $1 * logit - log(1 + exp(logit)) }
  }

  static func model(seed: UInt64 = 3) throws -> JointVAEModel {
    try JointVAEModel(imageShape: images.imageShape, latents: latents, seed: seed)
  }

  static var constantTruth: Double {
    (0..<images.count).reduce(0) { $0 + logLikelihood($1, logit: 0.5) } / Double(images.count)
  }

  @Test(
    "A decoder that ignores its latents and a posterior that is the prior: exact for every K",
    arguments: [1, 2, 7, 60])
  func exact(samples: Int) throws {
    let model = try Self.model().withConstantDecoder(logit: 0.5).withPriorPosterior()
    let result = try model.likelihoodBound(on: Self.images, samples: samples)
    #expect(abs(result.elbo - Self.constantTruth) < 1e-3)
    #expect(abs(result.bound - Self.constantTruth) < 1e-3)
    #expect(result.images == 12 && result.samples == samples)
  }

  @Test("A decoder that ignores its latents: log p(x) is known, and the bound rises to it")
  func rises() throws {
    // Mean 1 and log variance 1: 0.5 (e - 1) nats in each of two dimensions. c is uniform. A
    // posterior wider than the prior keeps the weights' variance finite.
    var model = try Self.model().withConstantDecoder(logit: 0.5).withPriorPosterior()
    model = try model.with(["fc_mean.bias": 1, "fc_log_var.bias": 1])
    let divergence = exp(1.0) - 1
    let images = FormulaImages(count: 250)
    let truth =
      (0..<images.count).reduce(0) { $0 + Self.logLikelihood($1, logit: 0.5) }
      / Double(images.count)
    let results = try [1, 8, 300].map {
      try model.likelihoodBound(on: images, samples: $0, seed: 4)
    }
    for result in results { #expect(abs(result.elbo - (truth - divergence)) < 1e-3) }
    // Gaps of independent images: about 1.7, 0.1 and 0.003 nats, known to a fifteenth of a weight's
    // deviation.
    #expect(abs(results[0].bound - (truth - divergence)) < 0.5)
    #expect(results[0].bound < results[1].bound - 0.5)
    #expect(results[1].bound < results[2].bound - 0.02)
    #expect(abs(results[2].bound - truth) < 0.02)
  }

  @Test("Categories alone: log p(x) by adding up all of them")
  func enumeration() throws {
    let latents = LatentSpec(continuous: 0, discrete: [3, 2])
    // A posterior far from uniform, and a decoder that cares for its latents.
    let model = try JointVAEModel(imageShape: Self.images.imageShape, latents: latents, seed: 8)
      .scaled([
        "fc_alphas.0.weight": 40, "fc_alphas.1.weight": 40, "latent_to_features.0.weight": 3,
      ])
    let vectors: [[Float]] = (0..<6).map { pair in
      (0..<3).map { $0 == pair / 2 ? 1 : 0 } + (0..<2).map { $0 == pair % 2 ? 1 : 0 }
    }
    let decoded = try vectors.map { try model.decode(vectors: $0).values.map(Double.init) }
    let truth =
      (0..<Self.images.count).map { index in
        let logs = decoded.map { image in
          zip(Self.images.values(of: index), image).reduce(0.0) {
            $0 + $1.0 * log($1.1) + (1 - $1.0) * log(1 - $1.1)
          }
        }
        let largest = logs.max() ?? 0
        return largest + log(logs.reduce(0) { $0 + exp($1 - largest) } / 6)
      }.reduce(0, +) / Double(Self.images.count)
    let one = try model.likelihoodBound(on: Self.images, samples: 1)
    let many = try model.likelihoodBound(on: Self.images, samples: 3000)
    #expect(abs(many.bound - truth) < 0.02, "\(many.bound) and \(truth)")
    #expect(
      many.elbo < truth - 0.05, "the example says nothing when the gap is small: \(many.elbo)")
    #expect(one.elbo < truth)
  }

  @Test(
    "The mean over images of one weight's logarithm is the evidence lower bound, within its error")
  func oneSample() throws {
    let images = FormulaImages(count: 400)
    let model = try Self.model()
    let one = try model.likelihoodBound(on: images, samples: 1, seed: 1)
    let other = try model.likelihoodBound(on: images, samples: 1, seed: 2)
    // Same images: what differs between the two is the samples' noise alone.
    let error = try #require(one.boundStandardError)
    #expect(error > 0)
    #expect(abs(one.bound - other.elbo) < 4 * error)
    #expect(one.bound != other.bound)
    let more = try model.likelihoodBound(on: images, samples: 30, seed: 1)
    #expect(more.bound > more.elbo)
  }

  @Test("The standard error is the deviation between images over the root of their number")
  func standardError() throws {
    let model = try Self.model().withConstantDecoder(logit: 0.5).withPriorPosterior()
    let result = try model.likelihoodBound(on: Self.images, samples: 3)
    let truths = (0..<12).map { Self.logLikelihood($0, logit: 0.5) }
    let mean = truths.reduce(0, +) / 12
    let deviation = (truths.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 11).squareRoot()
    let error = try #require(result.boundStandardError)
    #expect(abs(error - deviation / 12.0.squareRoot()) < 1e-3 * error)
    let single = try model.likelihoodBound(on: FormulaImages(count: 1), samples: 3)
    #expect(single.boundStandardError == nil && single.elboStandardError == nil)
  }

  @Test("Seed and images decide every bit; threads and a known encoding none")
  func determinism() throws {
    let model = try Self.model()
    let first = try model.using(.threads(1)).likelihoodBound(on: Self.images, samples: 5, seed: 9)
    let encoding = try model.measure(Self.images).encoding
    #expect(
      try model.using(.threads(2)).likelihoodBound(on: Self.images, samples: 5, seed: 9) == first)
    #expect(
      try model.likelihoodBound(on: Self.images, encoding: encoding, samples: 5, seed: 9) == first)
    #expect(try model.likelihoodBound(on: Self.images, samples: 5, seed: 10).bound != first.bound)
  }

  @Test("Samples have the posterior's means, variances and probabilities, and c is one-hot")
  func samples() {
    let encoding = Encoding(
      latents: LatentSpec(continuous: 3, discrete: [3]), count: 1, mean: [1, -2, 0],
      logVariance: [0, Float(log(0.25)), -30], probabilities: [[0.7, 0, 0.3]])
    let sampler = PosteriorSampler(encoding, seed: 6)
    var vectors: [Float] = []
    let count = 40_000
    for number in 0..<count {
      _ = sampler.draw(image: 0, number: number, appendingTo: &vectors)
    }
    func column(_ i: Int) -> [Double] { (0..<count).map { Double(vectors[$0 * 6 + i]) } }
    let means = (0..<6).map { column($0).reduce(0, +) / Double(count) }
    let variances = (0..<3).map { i in
      column(i).reduce(0) { $0 + ($1 - means[i]) * ($1 - means[i]) } / Double(count)
    }
    #expect(abs(means[0] - 1) < 0.02 && abs(means[1] + 2) < 0.01 && abs(means[2]) < 1e-6)
    #expect(abs(variances[0] - 1) < 0.03 && abs(variances[1] - 0.25) < 0.01)
    #expect(variances[2] < 1e-12)
    #expect(abs(means[3] - 0.7) < 0.01 && means[4] == 0 && abs(means[3] + means[5] - 1) < 1e-9)
    let products = zip(column(0), column(1)).reduce(0) { $0 + ($1.0 - 1) * ($1.1 + 2) }
    #expect(abs(products / Double(count)) < 0.01)
  }

  @Test("Impossible numbers of samples are refused", arguments: [0, -1, 1_000_001])
  func badInput(samples: Int) throws {
    let model = try Self.model()
    let error = #expect(throws: ConfigurationError.self) {
      try model.likelihoodBound(on: Self.images, samples: samples)
    }
    #expect(error?.description == "samples is \(samples); expected from 1 to 1000000")
    #expect(throws: MetricError.noImages) {
      try model.likelihoodBound(on: FormulaImages(count: 0), samples: 1)
    }
  }
}
