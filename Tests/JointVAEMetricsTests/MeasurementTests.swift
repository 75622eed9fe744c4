import Foundation
import JointVAE
import JointVAEMetrics
import Testing

@Suite("Measurement of a model on a data set") struct MeasurementTests {
  @Test(
    "Terms and categories are those of training's evaluation, a short last batch included",
    arguments: [1, 3])
  func equalsEvaluate(channels: Int) throws {
    // Beyond one batch of 256, and no multiple of one.
    let images = FormulaImages(count: 300, imageShape: ImageShape(size: 16, channels: channels))
    let latents = LatentSpec(continuous: 3, discrete: [4, 1])
    let model = try JointVAEModel(imageShape: images.imageShape, latents: latents, seed: 6)
      .attentive()
    let measured = try model.measure(images, threads: 2)
    var configuration = TrainingConfiguration(imageShape: images.imageShape, latents: latents)
    for scale in ReconstructionScale.allCases {
      configuration.reconstructionScale = scale
      let (terms, counts) = try model.lossTerms(on: images, configuration: configuration, step: 1)
      let own = measured.terms(scale: scale)
      #expect(abs(own.reconstruction - terms.reconstruction) < 1e-9 * terms.reconstruction)
      for (a, b) in zip(
        own.continuousKLs + own.discreteKLs, terms.continuousKLs + terms.discreteKLs)
      {
        #expect(abs(a - b) < 1e-6)
      }
      for variable in 0..<2 {
        let categories = measured.categories(of: variable)
        #expect(
          counts[variable].indices.map { k in categories.count { $0 == k } } == counts[variable])
      }
    }
    #expect(Set(measured.categories(of: 0)).count > 1)
    #expect(measured.count == 300 && measured.reconstructions.count == 300)
    #expect(measured.meanLargestProbabilities[1] == 1)
    #expect((0.25...1).contains(measured.meanLargestProbabilities[0]))
  }

  @Test("KL of known posteriors, by hand")
  func divergences() {
    let encoding = Encoding(
      latents: LatentSpec(continuous: 2, discrete: [2]), count: 2, mean: [1, 0, -1, 0],
      logVariance: [0, Float(log(4.0)), 0, 0], probabilities: [[1, 0, 0.5, 0.5]])
    let measurement = ModelMeasurement(
      encoding: encoding, reconstructionLoss: .meanSquaredError, reconstructions: [3, 5],
      imageShape: ImageShape(size: 16))
    let divergences = measurement.divergences
    #expect(divergences.continuous.count == 2 && divergences.discrete.count == 1)
    #expect(abs(divergences.continuous[0] - 0.5) < 1e-9)
    let wide = 0.5 * (4 - 1 - log(4.0))
    #expect(abs(divergences.continuous[1] - wide / 2) < 1e-6)
    #expect(abs(divergences.discrete[0] - log(2.0) / 2) < 1e-9)
    #expect(measurement.meanLargestProbabilities == [0.75])
    #expect(measurement.categories(of: 0) == [0, 0])
    #expect(measurement.terms().reconstruction == 4)
    #expect(measurement.terms().activeDimensions == 2)
  }

  @Test("Threads change no bit")
  func threads() throws {
    let images = FormulaImages(count: 70)
    let model = try JointVAEModel(
      imageShape: images.imageShape, latents: LatentSpec(continuous: 3, discrete: [4]), seed: 5)
    let one = try model.measure(images, threads: 1)
    let two = try model.measure(images, threads: 2)
    #expect(one.encoding == two.encoding && one.reconstructions == two.reconstructions)
  }

  @Test("A value that decodes to exactly 1 still has a finite loss")
  func saturated() throws {
    let images = FormulaImages(count: 2)
    let model = try JointVAEModel(
      imageShape: images.imageShape, latents: LatentSpec(continuous: 2), seed: 5
    ).withConstantDecoder(logit: 150)
    #expect(try model.decode([0, 0]).values.allSatisfy { $0 == 1 })
    let losses = try model.reconstructionLosses(
      of: [0, 0, 1, -1, 0, 2],
      against: Array(repeating: 0, count: 256) + Array(repeating: 255, count: 256),
      targets: [0, 1, 0])
    #expect(losses.count == 3)
    #expect(abs(losses[0] - 256 * 150) < 1e-2 && abs(losses[2] - 256 * 150) < 1e-2)
    #expect(losses[1] >= 0 && losses[1] < 1e-6)
    #expect(throws: ModelError.latentCount(numbers: 5, dimension: 2)) {
      try model.reconstructionLosses(
        of: [0, 0, 1, -1, 0], against: Array(repeating: 0, count: 256), targets: [0, 0])
    }
  }

  @Test("No images, images of another shape and a model out of bounds are refused")
  func badInput() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3]), seed: 5)
    #expect(throws: MetricError.noImages) { try model.measure(FormulaImages(count: 0)) }
    let large = FormulaImages(count: 2, imageShape: ImageShape(size: 32))
    #expect(throws: ModelError.imageShape(images: large.imageShape, model: model.imageShape)) {
      try model.measure(large)
    }
    #expect(throws: ModelError.imageShape(images: large.imageShape, model: model.imageShape)) {
      try model.likelihoodBound(on: large, samples: 1)
    }
    let broken = try model.with(["fc_log_var.bias": 1e30])
    let error = #expect(throws: MetricError.self) { try broken.measure(FormulaImages(count: 2)) }
    #expect(error?.description.hasPrefix("KL of image 0 is inf; expected a finite number") == true)
  }
}
