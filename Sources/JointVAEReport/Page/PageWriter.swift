import JointVAE
import JointVAERuns

/// Writes a run's report.html at the end of its training.
public final class PageWriter: TrainingObserver {
  private let folder: RunFolder
  private let evaluationCommand: (@Sendable (RunFolder) -> String)?

  /// The writer of the run in `folder`.
  ///
  /// - Parameter evaluationCommand: a program's command that measures a run, for the page to show.
  public init(
    _ folder: RunFolder, evaluationCommand: (@Sendable (RunFolder) -> String)? = nil
  ) {
    self.folder = folder
    self.evaluationCommand = evaluationCommand
  }

  /// Writes the page once all other files are there; not of a run that waits.
  /// - Throws: `FileError` when it cannot be written, or a file of the run cannot be read.
  public func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .ended(.finished), .ended(.stopped):
      var request = ReportRequest(comparing: [folder])
      request.evaluationCommand = evaluationCommand
      try HTMLReport(request).write(to: folder.report)
    case .starting, .step, .epoch, .warning, .checkpoint, .ending, .ended(.paused): break
    }
    return .proceed
  }
}
