import Synchronization

/// What the workers of an experiment share: which run is next, what came of those before, and whether to stop.
final class RunQueue: Sendable {
  private struct State {
    var waiting: ArraySlice<Int>
    var outcomes: [ExperimentResult.Outcome]
    var isStopped = false
    var ended = 0
  }

  private let state: Mutex<State>

  /// A queue of some runs of a plan.
  ///
  /// - Parameters:
  ///   - runs: their numbers, in order.
  ///   - runCount: all runs of the plan.
  init(_ runs: [Int], of runCount: Int) {
    state = Mutex(
      State(waiting: runs[...], outcomes: Array(repeating: .notRun, count: runCount)))
  }

  /// The number of the next run; nil when there is none, or the experiment is to stop.
  func take() -> Int? {
    state.withLock { state in
      state.isStopped ? nil : state.waiting.popFirst()
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
