import JointVAE
import JointVAEData
import Testing

/// Reports of a real trainer, whose numbers tests change to ones they know.
struct RealReports {
  let step: StepReport
  let epoch: EpochReport

  /// The reports of one step, which is an epoch, on eight images.
  init(_ latents: LatentSpec) throws {
    var configuration = TrainingConfiguration(imageShape: ImageShape(size: 16), latents: latents)
    configuration.length = .epochs(1)
    configuration.batchSize = 8
    let images = try DataSetCatalog().load(DataSetRequest("shapes", imageSize: 16, limit: 8))
    var (step, epoch): (StepReport?, EpochReport?)
    try Trainer(configuration: configuration, compute: .threads(1)).train(on: images) { event in
      switch event {
      case .step(let report): step = report
      case .epoch(let report): epoch = report
      case .starting, .warning, .checkpoint, .ending, .ended: break
      }
      return .proceed
    }
    self.step = try #require(step)
    self.epoch = try #require(epoch)
  }
}
