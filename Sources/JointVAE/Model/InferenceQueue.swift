import Foundation

/// Where the async forms of a model compute: one thread with one set of workers, however many calls wait.
///
/// Calls take turns, a batch each, so that a call for one image does not wait for another's thousands. The thread and its
/// engine go when there has been nothing to do for a while.
final class InferenceQueue: @unchecked Sendable {
  /// A part of a call: computes on an engine, and returns whether there is more to do.
  typealias Turn = @Sendable (Engine) throws -> Bool

  /// A call that waits for its turns.
  private final class Call {
    let samples: Int
    let turn: Turn
    let end: (Result<Void, any Error>) -> Void
    var isCanceled = false

    init(
      samples: Int, turn: @escaping Turn, end: @escaping (Result<Void, any Error>) -> Void
    ) {
      self.samples = samples
      self.turn = turn
      self.end = end
    }
  }

  // Guards the three variables below; the thread waits on it for calls.
  private let condition = NSCondition()
  private var calls: [Call] = []
  private var hasThread = false
  private let makeEngine: @Sendable (_ samples: Int) -> Engine

  /// Seconds without a call after which the thread ends.
  private static let patience = 2.0

  /// A queue whose thread computes on engines that `makeEngine` makes for so many samples.
  init(makeEngine: @escaping @Sendable (_ samples: Int) -> Engine) { self.makeEngine = makeEngine }

  /// Calls `turn` on the thread until it returns false, with turns of other calls in between.
  ///
  /// - Parameters:
  ///   - samples: the most samples of a turn.
  ///   - turn: used on one thread at a time.
  /// - Throws: what `turn` throws; `CancellationError` when the task is canceled before the last turn.
  func run(samples: Int, _ turn: @escaping Turn) async throws {
    let place = CallPlace()
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let call = Call(samples: samples, turn: turn) { continuation.resume(with: $0) }
        condition.withLock {
          call.isCanceled = place.hold(call)
          calls.append(call)
          if !hasThread {
            hasThread = true
            start()
          }
          condition.signal()
        }
      }
    } onCancel: {
      condition.withLock { place.cancel() }
    }
  }

  /// The call of a task, which may be canceled before there is one.
  private final class CallPlace: @unchecked Sendable {
    private weak var call: Call?
    private var isCanceled = false

    /// Whether it was canceled before.
    func hold(_ call: Call) -> Bool {
      self.call = call
      return isCanceled
    }

    func cancel() {
      isCanceled = true
      call?.isCanceled = true
    }
  }

  private func start() {
    let thread = Thread { [self] in serve() }
    thread.stackSize = 8 << 20
    thread.start()
  }

  private func serve() {
    var engine: (samples: Int, engine: Engine)?
    while let call = next() {
      if condition.withLock({ call.isCanceled }) {
        call.end(.failure(CancellationError()))
        continue
      }
      let samples = max(1, call.samples)
      let current =
        if let engine, engine.samples >= samples { engine } else {
          (samples: samples, engine: makeEngine(samples))
        }
      engine = current
      do {
        if try call.turn(current.engine) {
          condition.withLock { calls.append(call) }
        } else {
          call.end(.success(()))
        }
      } catch {
        call.end(.failure(error))
      }
    }
  }

  /// The call whose turn it is; nil when the thread is to end.
  private func next() -> Call? {
    condition.withLock {
      let deadline = Date(timeIntervalSinceNow: Self.patience)
      while calls.isEmpty {
        guard condition.wait(until: deadline) else {
          // A call may have come in the same moment.
          if !calls.isEmpty { break }
          hasThread = false
          return nil
        }
      }
      return calls.removeFirst()
    }
  }
}
