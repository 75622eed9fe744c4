import JointVAEMetrics
import JointVAEPictures
import JointVAE
import JointVAEFiles
import JointVAEImages

/// The pictures of a run, made of its weights and its images alone: a resumed run draws the same.
struct RunPictures {
  private let folder: RunFolder
  private let seed: UInt64
  /// The images reconstructions are shown of.
  private let shown: ImageBatch
  /// The images KL divergences are measured on.
  private let measured: ImageBatch
  /// The images that are compared with their reconstructions.
  private let compared: ImageBatch

  private static let shownCount = 32
  private static let measuredCount = 1024

  init(
    folder: RunFolder, measuring images: some ImageSource, showing examples: some ImageSource,
    seed: UInt64
  ) {
    self.folder = folder
    self.seed = seed
    shown = ImageBatch(evenlyFrom: examples, count: Self.shownCount)
    measured = ImageBatch(evenlyFrom: images, count: Self.measuredCount)
    compared = ImageBatch(evenlyFrom: images, count: ReconstructionDistinctness.imageLimit)
  }

  /// What the model's latents carry about the run's images.
  func measure(_ model: JointVAEModel) throws -> LatentInformation {
    try LatentInformation(of: model, on: measured)
  }

  /// Writes samples.png, reconstructions.png, traversals.png, posterior.json and summary.json.
  @discardableResult
  func writeStills(
    _ model: JointVAEModel, step: Int, kl: LatentInformation, earlyStopStep: Int?
  ) throws -> RunSummary {
    let summary = RunSummary(
      step: step, imageCount: measured.count, kl: kl,
      distinctness: ReconstructionDistinctness(
        of: compared, reconstructions: try model.reconstruct(compared)),
      earlyStopStep: earlyStopStep)
    try summary.write(to: folder.summary)
    if let posterior = AggregatePosterior(try model.encode(measured)) {
      try AtomicFile.write(posterior.text() + "\n", to: folder.posterior)
    } else {
      // That of an earlier checkpoint is about other codes.
      try AtomicFile.remove(folder.posterior)
    }
    try Pictures.samples(of: model, seed: seed).writePNG(to: folder.samples)
    try Pictures.reconstructions(of: model, images: shown).writePNG(to: folder.reconstructions)
    let rows = kl.sorted(model.latents.variables)
    try Pictures.traversals(
      of: model, variables: rows, from: LatentTraversal(model.latents), kl: kl
    ).writePNG(to: folder.traversals)
    return summary
  }

  /// Writes traversals.gif and training.gif.
  func writeAnimations(_ model: JointVAEModel, kl: LatentInformation, frames: TrainingFrames) throws
  {
    let columns = kl.shown(of: model.latents)
    let sweep = TraversalAnimation(
      model, variables: columns, around: LatentTraversal(model.latents))
    try Animation(try sweep.frames(), delay: TraversalAnimation.delay)
      .writeGIF(to: folder.traversalAnimation)
    try frames.writeAnimation(latents: model.latents, kl: kl)
  }
}
