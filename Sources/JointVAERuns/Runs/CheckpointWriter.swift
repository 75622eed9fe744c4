import JointVAE
import JointVAEData
import JointVAEFiles

/// Writes a run's checkpoints: the state, from which alone a run can go on, the model, and its pictures.
///
/// A model whose numbers have run away is not worth keeping: the checkpoint before it stays, and the next step names the
/// tensor.
final class CheckpointWriter: TrainingObserver {
  private let folder: RunFolder
  private let frames: TrainingFrames
  private let pictures: RunPictures
  /// What the last checkpoint knows of the model; nil before the ending.
  private(set) var summary: RunSummary?

  /// The writer of a run; `frames` are those of training.gif.
  init(_ run: borrowing TrainingRun, frames: TrainingFrames) {
    folder = run.folder
    self.frames = frames
    pictures = RunPictures(
      folder: run.folder, measuring: run.images, showing: run.validation ?? run.images,
      seed: run.configuration.training.seed)
  }

  /// Writes a checkpoint when one is due, and the last one, with the animations unless the run waits.
  /// - Throws: `DivergedModel` when the last model's numbers have run away; `FileError` when a file cannot be written.
  func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .checkpoint: _ = try write(trainer)
    case .ending(let ending):
      guard let written = try write(trainer) else {
        throw DivergedModel(run: folder.path, step: trainer.step)
      }
      summary = written.summary
      if ending != .paused {
        try pictures.writeAnimations(written.model, kl: written.summary.kl, frames: frames)
      }
    case .starting, .step, .epoch, .warning, .ended: break
    }
    return .proceed
  }

  /// Writes state, model and still pictures; nil for a model that is not worth keeping.
  private func write(_ trainer: Trainer) throws -> (model: JointVAEModel, summary: RunSummary)? {
    let model = trainer.model
    let kl = try pictures.measure(model)
    guard kl.isFinite else { return nil }
    // From here on they show another model than the one that is stored. New ones are the last files of a run.
    try AtomicFile.remove(folder.report)
    try AtomicFile.remove(folder.explorer)
    try trainer.saveState(to: folder.state)
    try model.save(to: folder.model)
    let summary = try pictures.writeStills(
      model, step: trainer.step, kl: kl, earlyStopStep: trainer.earlyStopStep)
    return (model, summary)
  }
}

/// The last weights of a run give numbers that are infinite or undefined, so they are not kept.
public struct DivergedModel: DescribedError, Equatable, Sendable {
  /// The run's folder.
  public var run: String
  /// The weights' step.
  public var step: Int

  /// What is wrong, and what to do.
  public var description: String {
    "\(run): the model of step \(step) gives a KL that is not finite; an earlier checkpoint is "
      + "kept. Try a lower learning rate or smaller capacity weights"
  }
}
