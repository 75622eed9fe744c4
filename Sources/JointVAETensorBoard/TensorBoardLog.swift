import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns

/// Writes what TensorBoard shows of a training to the folder `tensorboard` of its run: numbers, pictures, histograms,
/// settings with scores, and the codes of images.
///
/// The numbers are those of metrics.csv and epochs.csv. A run that was killed goes on without a step twice, and without one
/// left out, whether or not it was watched before.
public final class TensorBoardLog: TrainingObserver {
  private let folder: RunFolder
  private let configuration: RunConfiguration
  private let images: LabeledImages
  private let encoded: ImageBatch
  private var follower: RunFollower?
  /// The checkpoint whose pictures are written after this observer has seen it.
  private var checkpoint: Int?
  /// Whether a row was written after this observer has seen its event.
  private var isBehind = false

  /// The log of a run, which begins when its training does.
  public init(_ run: borrowing TrainingRun) {
    folder = run.folder
    configuration = run.configuration
    images = run.images
    encoded = ImageBatch(evenlyFrom: run.images, count: CodeHistograms.imageCount)
  }

  /// Whether the run in `folder` has event files, so that a training goes on with them.
  public static func isThere(in folder: RunFolder) -> Bool {
    !EventFolder(folder.events).files.isEmpty
  }

  /// Appends what is new.
  /// - Throws: `FileError` when the file system takes no more, or the folder holds the events of another run.
  public func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .starting(let course): try begin(after: course.stepsDone, trainer)
    case .step(let report):
      try catchUp()
      // The run's own log writes the row after this.
      isBehind = report.step == 1 || report.step % configuration.logInterval == 0
    case .epoch:
      try catchUp()
      isBehind = true
    case .warning: break
    case .checkpoint(let step): try keep(step, trainer)
    case .ending: try keep(trainer.step, trainer)
    case .ended(let ending): try end(ending, trainer)
    }
    return .proceed
  }

  private func begin(after step: Int, _ trainer: Trainer) throws {
    let events = EventFolder(folder.events)
    let isThere = try RunIdentity.require(configuration, in: events)
    try folder.makeFolder(events.path)
    let last = isThere ? try events.cut(after: step) : nil
    let now = RunFollower.now
    let follower = try RunFollower(
      folder, configuration, file: "\(events.path)/\(events.nextName(time: now))", after: step,
      last: last, end: now)
    self.follower = follower
    try follower.follow()
    // What a run that was killed or not watched left out at its last checkpoint.
    if step > 0 {
      try follower.addPictures(of: step)
      try follower.addHistograms(of: trainer.model, on: encoded, step: step)
    }
  }

  private func catchUp() throws {
    if let step = checkpoint {
      checkpoint = nil
      try follower?.addPictures(of: step)
    }
    if isBehind {
      isBehind = false
      try follower?.follow()
    }
  }

  /// Makes all rows last before a checkpoint promises them.
  private func keep(_ step: Int, _ trainer: Trainer) throws {
    isBehind = true
    try catchUp()
    try follower?.addHistograms(of: trainer.model, on: encoded, step: step)
    try follower?.flush()
    checkpoint = step
  }

  private func end(_ ending: TrainingEnding, _ trainer: Trainer) throws {
    try catchUp()
    guard ending != .paused, let follower else { return }
    try follower.addScores(step: trainer.step)
    try Projector.write(trainer.model, images, to: folder.events)
    if ending == .finished { try follower.addEnd(step: trainer.step) }
    try follower.flush()
  }
}
