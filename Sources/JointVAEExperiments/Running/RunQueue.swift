import Foundation
import Synchronization

/// What the workers of an experiment share: which run is next, what came of those before, and whether to stop.
final class RunQueue: Sendable {
  private struct State {
    var next = 0
    var outcomes: [ExperimentResult.Outcome]
    var signal: Int32?
    /// The threads that work, which get the signal, too.
    var threads: [pthread_t] = []
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
      guard state.signal == nil, state.next < count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// Notes what came of a run.
  func note(_ outcome: ExperimentResult.Outcome, of run: Int) {
    state.withLock { $0.outcomes[run] = outcome }
  }

  /// The number of the signal that ends the experiment, if one does.
  var signal: Int32? { state.withLock { $0.signal } }

  /// What came of each run.
  var outcomes: [ExperimentResult.Outcome] { state.withLock { $0.outcomes } }

  /// Threads that have ended.
  var endedCount: Int { state.withLock { $0.ended } }

  /// Ends the experiment as a signal asks: no run is begun any more, and every thread that works finds the signal
  /// pending, as though it had been sent to it.
  ///
  /// A signal that is sent to the program can be taken by one thread only, which would leave the others running.
  func stop(_ signal: Int32) {
    state.withLock { state in
      guard state.signal == nil else { return }
      state.signal = signal
      for thread in state.threads { pthread_kill(thread, signal) }
    }
  }

  /// Calls `work` in the calling thread, which gets signals meanwhile.
  func join(_ work: () -> Void) {
    state.withLock { $0.threads.append(pthread_self()) }
    work()
    state.withLock { state in
      state.threads.removeAll { pthread_equal($0, pthread_self()) != 0 }
      state.ended += 1
    }
  }
}
