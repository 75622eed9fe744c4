import JointVAE
import JointVAEData
import JointVAEFiles

/// Writes what a run leaves behind: logs, frames, checkpoints and pictures.
struct RunRecorder {
  private let folder: RunFolder
  private let log: MetricsLog
  private let frames: TrainingFrames
  private let pictures: RunPictures

  /// The recorder of a run that `trainer` goes on with.
  /// - Throws: `FileError` when a log cannot be opened.
  init(_ run: borrowing TrainingRun, by trainer: Trainer, stepsPerEpoch: Int) throws {
    let step = trainer.step
    folder = run.folder
    log = try MetricsLog(
      in: run.folder, objective: trainer.objective, interval: run.configuration.logInterval,
      hasValidation: run.validation != nil, after: step)
    frames = TrainingFrames(run.folder)
    try frames.remove(after: step / stepsPerEpoch)
    pictures = RunPictures(
      folder: run.folder, measuring: run.images, showing: run.validation ?? run.images,
      seed: run.configuration.training.seed)
  }

  /// Appends a step to metrics.csv when it is due.
  func record(_ report: StepReport, seconds: Double) throws {
    try log.record(report, seconds: seconds)
  }

  /// Appends an epoch to epochs.csv and draws its frame of training.gif.
  func record(_ report: EpochReport, seconds: Double, model: JointVAEModel) throws {
    try log.record(report, seconds: seconds)
    try frames.write(model, epoch: report.epoch)
  }

  /// Writes the state, from which alone a run can go on, then the model and its still pictures.
  ///
  /// A model whose numbers have run away is not worth keeping: the checkpoint before it stays, and the next step will tell
  /// which tensor it was.
  func checkpoint(_ trainer: Trainer) throws {
    let model = trainer.model
    let kl = try pictures.measure(model)
    guard kl.isFinite else { return }
    try save(trainer, model)
    try pictures.writeStills(model, step: trainer.step, kl: kl)
  }

  /// Writes the checkpoint of a run that waits.
  /// - Throws: `DivergedModel` when the model's numbers have run away; `FileError` when a file cannot be written.
  func pause(_ trainer: Trainer) throws -> RunSummary {
    let model = trainer.model
    let kl = try finiteInformation(model, step: trainer.step)
    try save(trainer, model)
    return try pictures.writeStills(model, step: trainer.step, kl: kl)
  }

  /// Writes the last checkpoint, with the animations.
  /// - Throws: `DivergedModel` when the model's numbers have run away; `FileError` when a file cannot be written.
  func finish(_ trainer: Trainer) throws -> RunSummary {
    let model = trainer.model
    let kl = try finiteInformation(model, step: trainer.step)
    try save(trainer, model)
    let summary = try pictures.writeStills(model, step: trainer.step, kl: kl)
    try pictures.writeAnimations(model, kl: kl, frames: frames)
    return summary
  }

  private func finiteInformation(_ model: JointVAEModel, step: Int) throws -> LatentInformation {
    let kl = try pictures.measure(model)
    guard kl.isFinite else { throw DivergedModel(run: folder.path, step: step) }
    return kl
  }

  private func save(_ trainer: Trainer, _ model: JointVAEModel) throws {
    // The rows first: a resumed run counts on those before its checkpoint.
    try log.flush()
    try trainer.saveState(to: folder.state)
    try model.save(to: folder.model)
  }
}
