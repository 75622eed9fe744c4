import JointVAEMetrics
import JointVAEPictures
import Foundation
import JointVAE
import JointVAEFiles
import JointVAEImages

/// The frames of training.gif, kept as a PNG each so that a resumed run has those of before.
///
/// A frame holds a row of every latent in their own order. Which of them matter is known only at the end: the animation
/// picks their rows.
final class TrainingFrames: TrainingObserver {
  private let folder: RunFolder

  /// Points a row.
  private static let columns = 8
  /// Rows of the animation.
  private static let rowLimit = 12
  /// Frames of the animation, and their pixels together; of a longer run it shows some at equal distances.
  private static let frameLimit = 200
  private static let pixelLimit = 40_000_000

  init(_ folder: RunFolder) { self.folder = folder }

  /// The last whole epoch of the run, which has a frame in any case.
  private var lastEpoch = 0

  /// Removes frames that another training would not have drawn yet, and draws one at the end of epochs.
  func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .starting(let course):
      lastEpoch = course.stepCount / course.stepsPerEpoch
      try remove(after: course.stepsDone / course.stepsPerEpoch)
    case .epoch(let report):
      if FrameEpochs.contains(report.epoch) || report.epoch == lastEpoch {
        try write(trainer.model, epoch: report.epoch)
      }
    case .step, .warning, .checkpoint, .ending, .ended: break
    }
    return .proceed
  }

  /// Draws the frame of `epoch`.
  func write(_ model: JointVAEModel, epoch: Int) throws {
    let traversal = LatentTraversal(model.latents)
    try Pictures.traversals(
      of: model, variables: model.latents.variables, from: traversal,
      count: Self.columns
    ).writePNG(to: path(epoch))
  }

  /// Removes the frames after `epoch`, which a resumed run draws again, and that of an earlier length's last epoch.
  func remove(after epoch: Int) throws {
    for later in try epochs()
    where later > epoch || !FrameEpochs.contains(later) && later != lastEpoch {
      guard unlink(path(later)) == 0 else {
        throw FileError(path(later), "cannot be removed: \(systemReason())")
      }
    }
  }

  /// Writes training.gif: the rows of the latents that carry most. Without a frame there is none.
  func writeAnimation(latents: LatentSpec, kl: LatentInformation) throws {
    let all = try epochs()
    guard !all.isEmpty else { return }
    let variables = latents.variables
    let rows = kl.sorted(variables).prefix(Self.rowLimit).compactMap(variables.firstIndex(of:))
    let side = try Image(pngAt: path(all[0])).width
    let framePixels = side * (side / Self.columns) * rows.count
    let count = min(Self.frameLimit, max(1, Self.pixelLimit / framePixels), all.count)
    let frames = try (1...count).map { number in
      // The last epoch is always among them.
      let image = try Image(pngAt: path(all[number * all.count / count - 1]))
      return try image.keepingGridRows(rows, of: variables.count)
    }
    var animation = Animation(frames, delay: Self.delay(frameCount: count))
    // The result stays for a while before it begins again.
    animation.frames[count - 1].delay = Self.lastDelay
    try animation.writeGIF(to: folder.trainingAnimation)
  }

  /// Hundredths of a second the last frame is shown.
  private static let lastDelay = 150

  /// Hundredths of a second a frame: about five seconds in all, but no faster than 24 frames a second.
  private static func delay(frameCount: Int) -> Int { max(4, min(50, 500 / frameCount)) }

  /// The epochs that have a frame, in order.
  private func epochs() throws -> [Int] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder.frames)
        .filter { $0.hasSuffix(".png") }.compactMap { Int($0.dropLast(4)) }.sorted()
    } catch {
      throw FileError(folder.frames, "cannot be listed: \(systemReason())")
    }
  }

  private func path(_ epoch: Int) -> String {
    let digits = "\(epoch)"
    let zeros = String(repeating: "0", count: max(0, 6 - digits.count))
    return "\(folder.frames)/\(zeros)\(digits).png"
  }
}

/// The epochs that have a frame: all of the first 64, every second one up to 128, every fourth one up to 256, and so on.
///
/// Epochs of a few images take milliseconds, and a frame takes longer. The choice does not depend on the run's length,
/// which may change when the run goes on.
package enum FrameEpochs {
  /// Whether `epoch`, counted from 1, has a frame.
  package static func contains(_ epoch: Int) -> Bool {
    var distance = 1
    while epoch > 64 * distance { distance *= 2 }
    return epoch % distance == 0
  }
}
