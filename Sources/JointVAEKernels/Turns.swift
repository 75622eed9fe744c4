import Foundation

/// Two threads that take turns on one processor: one has work in pieces, the other waits for messages most of the time.
///
/// Left to the system, a thread that wakes up for a message may wait milliseconds for the processor that the other one keeps
/// busy. Here the working thread offers a turn after each piece, and goes on when the other has nothing more to do.
package final class Turns: Sendable {
  private enum State {
    /// The second thread may run, and the first waits for it, or has not offered a turn yet.
    case given
    /// The second thread waits for a turn.
    case awaited
    /// One of the two has ended, and the other waits no more.
    case over
  }

  private let condition = NSCondition()
  nonisolated(unsafe) private var state = State.given

  package init() {}

  /// Called by the working thread between pieces: lets the other one run if it waits, until it has nothing to do.
  package func offer() {
    condition.lock()
    defer { condition.unlock() }
    guard state == .awaited else { return }
    state = .given
    condition.broadcast()
    while state == .given { condition.wait() }
  }

  /// Called by the other thread when it has nothing to do: waits for the next turn.
  /// - Returns: false when there are no turns any more, as the work is done.
  package func pause() -> Bool {
    condition.lock()
    defer { condition.unlock() }
    guard state != .over else { return false }
    state = .awaited
    condition.broadcast()
    while state == .awaited { condition.wait() }
    return true
  }

  /// Called by each thread at its end.
  package func end() {
    condition.lock()
    defer { condition.unlock() }
    state = .over
    condition.broadcast()
  }
}
