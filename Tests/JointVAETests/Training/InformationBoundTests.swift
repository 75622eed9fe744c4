import Foundation
import JointVAE
import Testing

@Suite("The bound of what latents carry") struct InformationBoundTests {
  /// The bound that an epoch reports, of a model that does not change.
  private func report(_ latents: LatentSpec, seed: UInt64 = 1) throws -> (
    EpochReport, JointVAEModel
  ) {
    let configuration = smallConfiguration {
      $0.latents = latents
      $0.optimizer = .sgd(learningRate: 1e-30)
      $0.length = .epochs(1)
      $0.seed = seed
    }
    let trainer = try Trainer(configuration: configuration, compute: .threads(2))
    var epoch: EpochReport?
    try trainer.train(on: NoiseImages(count: 29)) {
      if case .epoch(let report) = $0 { epoch = report }
      return .proceed
    }
    return (try #require(epoch), trainer.model)
  }

  @Test("follows from the moments of all posteriors of an epoch")
  func moments() throws {
    let latents = LatentSpec(continuous: 2, discrete: [3, 2])
    let (report, model) = try report(latents)
    let bound = try #require(report.information)
    let images = NoiseImages(count: 29)
    let encoding = try model.encode(ImageBatch(images, at: 0..<29))
    for i in 0..<2 {
      let places = stride(from: i, to: 58, by: 2)
      var (mean, logVariance, variance) = (0.0, 0.0, 0.0)
      for place in places {
        mean += Double(encoding.mean[place]) / 29
        logVariance += Double(encoding.logVariance[place]) / 29
      }
      for place in places {
        let deviation = Double(encoding.mean[place]) - mean
        variance += (deviation * deviation + exp(Double(encoding.logVariance[place]))) / 29
      }
      let expected = max(0, 0.5 * (log(variance) - logVariance))
      #expect(abs(bound.continuous[i] - expected) < 1e-5)
    }
    // An untrained encoder says nearly the same of all images.
    #expect(bound.total < 0.1 && bound.activeDimensions == 0 && bound.discrete.count == 2)
  }

  @Test("A run is collapsed by what it carries, whatever its KL is")
  func collapsed() {
    #expect(InformationBound.isCollapsed(0.03, capacity: 5))
    #expect(!InformationBound.isCollapsed(0.6, capacity: 5))
    #expect(!InformationBound.isCollapsed(0, capacity: 0.9))
    let warning = TrainingWarning.collapsed(
      information: 0.03, divergence: 3.3, capacity: 5, epoch: 7)
    #expect(
      warning.description.hasPrefix(
        "epoch 7: the run has collapsed so far: all latents together carry at most 0.03 nats"))
  }
}
