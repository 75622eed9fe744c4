import JointVAE
import JointVAERuns

/// Writes a run's report.html at the end of its training.
public final class PageWriter: TrainingObserver {
  private let folder: RunFolder

  /// The writer of the run in `folder`.
  public init(_ folder: RunFolder) { self.folder = folder }

  /// Writes the page once all other files are there; not of a run that waits.
  /// - Throws: `FileError` when it cannot be written, or a file of the run cannot be read.
  public func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .ended(.finished), .ended(.stopped):
      try HTMLReport(ReportRequest(comparing: [folder])).write(to: folder.report)
    case .starting, .step, .epoch, .warning, .checkpoint, .ending, .ended(.paused): break
    }
    return .proceed
  }
}
