import JointVAE
import JointVAEData
import JointVAEFiles

/// Writes what a run leaves behind: logs, frames, checkpoints and pictures.
struct RunRecorder {
  private let folder: RunFolder
  private let log: MetricsLog
  private let frames: TrainingFrames
  private let pictures: RunPictures

  /// The recorder of a run that has done `step` steps.
  /// - Throws: `FileError` when a log cannot be opened.
  init(_ run: borrowing TrainingRun, after step: Int, stepsPerEpoch: Int) throws {
    folder = run.folder
    log = try MetricsLog(
      in: run.folder, latents: run.configuration.training.latents,
      interval: run.configuration.logInterval, hasValidation: run.validation != nil, after: step)
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
  func record(_ report: EpochReport, seconds: Double, model: JointVAE) throws {
    try log.record(report, seconds: seconds)
    try frames.write(model, epoch: report.epoch)
  }

  /// Writes the state, from which alone a run can go on, then the model and its still pictures.
  func checkpoint(_ trainer: Trainer) throws {
    // The rows first: a resumed run counts on those before its checkpoint.
    try log.flush()
    try trainer.saveState(to: folder.state)
    let model = trainer.model
    try model.save(to: folder.model)
    try pictures.writeStills(model, step: trainer.step)
  }

  /// Writes the last checkpoint, with the animations.
  func finish(_ trainer: Trainer) throws -> RunSummary {
    try log.flush()
    try trainer.saveState(to: folder.state)
    let model = trainer.model
    try model.save(to: folder.model)
    let summary = try pictures.writeStills(model, step: trainer.step)
    try pictures.writeAnimations(model, kl: summary.kl, frames: frames)
    return summary
  }
}
