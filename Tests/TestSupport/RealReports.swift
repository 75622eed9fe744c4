import JointVAE
import JointVAEData

/// Reports of a real trainer, whose numbers tests change to ones they know.
package struct RealReports {
  /// The report of the step.
  package let step: StepReport
  /// The report of the epoch.
  package let epoch: EpochReport

  /// A training that ended without a report.
  private struct NoReport: Error {}

  /// The reports of one step, which is an epoch, on eight images.
  package init(_ latents: LatentSpec) throws {
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
    guard let step, let epoch else { throw NoReport() }
    (self.step, self.epoch) = (step, epoch)
  }
}
