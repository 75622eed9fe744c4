import Synchronization

/// What the workers of an experiment share: which run is next, what came of those before, and whether to stop.
final class RunQueue: Sendable {
  private struct State {
    var next = 0
    var outcomes: [ExperimentResult.Outcome]
    var isStopped = false
    var ended = 0
  }

  private let state: Mutex<State>
  private let count: Int

  init(runCount: Int) {
    count = runCount
    state = Mutex(State(outcomes: Array(repeating: .notRun, count: runCount)))
  }

  /// The number of the next run; nil when there is none, or the experiment is to stop.
  func take() -> Int? {
    state.withLock { state in
      guard !state.isStopped, state.next < count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// Notes what came of a run.
  func note(_ outcome: ExperimentResult.Outcome, of run: Int) {
    state.withLock { $0.outcomes[run] = outcome }
  }

  /// Whether the experiment is to stop.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// What came of each run.
  var outcomes: [ExperimentResult.Outcome] { state.withLock { $0.outcomes } }

  /// Threads that have ended.
  var endedCount: Int { state.withLock { $0.ended } }

  /// Ends the experiment: no run is begun any more, and those that are being trained stop after their step.
  func stop() { state.withLock { $0.isStopped = true } }

  /// Calls `work` in the calling thread, and notes its end.
  func join(_ work: () -> Void) {
    work()
    state.withLock { $0.ended += 1 }
  }
}
