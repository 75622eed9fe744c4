import JointVAEKernels
import Synchronization

/// Engines for a few images that wait for a model's next call: to make one costs as much as a
/// single image does.
///
/// Copies of a model share theirs. A call has an engine for itself while it runs, so calls from
/// several threads do not meet in one.
final class EngineCache: Sendable {
  /// Engines that wait at most: one for each thread that can compute at once. A model that more threads use makes and
  /// drops the rest.
  private static let limit = max(4, Workers.processorCount)
  /// Samples of a call whose engine is kept: those that dense layers take at once.
  static let samples = 8

  // A call that takes an engine out is the only one to have it.
  private struct Idle: @unchecked Sendable {
    let engine: Engine
  }

  private let idle = Mutex<[Idle]>([])

  /// Calls `body` with an engine that waits here, or with a new one, and keeps it.
  func borrow<Result>(
    orMake make: () -> Engine, _ body: (Engine) throws -> Result
  ) rethrows -> Result {
    let waiting = idle.withLock { $0.popLast() }
    let kept = waiting ?? Idle(engine: make())
    defer {
      idle.withLock { if $0.count < Self.limit { $0.append(kept) } }
    }
    return try body(kept.engine)
  }
}
