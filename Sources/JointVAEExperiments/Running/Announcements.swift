import Synchronization

/// Passes on what happens to runs, one event at a time.
final class Announcements: Sendable {
  private let names: [String]
  private let report: @Sendable (ExperimentEvent) -> Void
  private let turn = Mutex(())

  init(runs: [PlannedRun], report: @escaping @Sendable (ExperimentEvent) -> Void) {
    names = runs.map(\.name)
    self.report = report
  }

  /// Tells that `kind` happened to run `index`.
  func tell(_ kind: ExperimentEvent.Kind, of index: Int) {
    turn.withLock { _ in
      report(
        ExperimentEvent(number: index + 1, count: names.count, name: names[index], kind: kind))
    }
  }
}
