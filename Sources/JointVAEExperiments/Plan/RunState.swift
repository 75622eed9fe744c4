import Foundation
import JointVAE
import JointVAEFiles
import JointVAERuns

/// How far a planned run is.
public enum RunState: Hashable, Sendable {
  /// Nothing is there.
  case new
  /// It has done some steps, of so many.
  case begun(step: Int, of: Int)
  /// It is trained, but not measured, or otherwise than is asked for now.
  case trained(steps: Int)
  /// It is trained and measured.
  case finished(steps: Int)
}

extension PlannedRun {
  /// Its folder among those of the experiment.
  public func folder(in folder: String) -> RunFolder { RunFolder("\(folder)/\(name)") }

  /// How far the run in `folder` is.
  ///
  /// - Parameter measured: everything that decides what is measured, in words.
  /// - Throws: `RunFolderError` when there is another run, or one that has other settings, or something that is no run.
  func state(in folder: RunFolder, measured: String) throws -> RunState {
    guard folder.isRun else {
      try folder.requireFree()
      return .new
    }
    let before = try RunConfiguration(contentsOf: folder.configuration)
    // The recipe for images took as many categories as classes, or few enough for their number, and the step size that
    // suits their background.
    let asked = try configuration(
      images: ImageFacts(
        shape: before.training.imageShape, count: before.images.count,
        classCount: before.training.latents.discrete.first,
        background: ImageFacts.Background.allCases.first {
          $0.learningRate == before.training.optimizer.learningRate
        } ?? .little,
        means: before.training.initialOutput))
    if let difference = SettingTable.difference(of: asked, from: before) {
      throw RunFolderError(folder.path, .hasOtherSetting(difference))
    }
    let steps = try asked.training.totalSteps(imageCount: before.images.count)
    // A summary that cannot be read is one that is written again.
    let summary = try? RunSummary(contentsOf: folder.summary)
    let step = summary?.step ?? 0
    guard step <= steps else {
      throw RunFolderError(folder.path, .hasDoneMore(steps: step, asked: steps))
    }
    // A run whose last files are missing has no step left to do; going on with it writes them.
    let hasStoppedEarly =
      summary?.earlyStopStep != nil && asked.training.earlyStop == before.training.earlyStop
    guard step == steps || hasStoppedEarly, folder.isComplete else {
      return .begun(step: step, of: steps)
    }
    guard let stored = try? StoredEvaluation(contentsOf: folder.evaluation),
      stored.request == measured, stored.step == step
    else { return .trained(steps: step) }
    return .finished(steps: step)
  }
}

extension RunFolder {
  /// What was measured of the model when the experiment had trained it.
  var evaluation: String { "\(path)/evaluation.json" }
}
