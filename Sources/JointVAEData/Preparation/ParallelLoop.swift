import JointVAEKernels
import Synchronization

/// Numbered pieces of work that may fail, shared out among threads.
///
/// The threads are `Workers`, which live as long as the loop. Pieces are handed out in order, one at a time, so that the
/// first can read on while the others work, and an error names the first piece that failed.
package enum ParallelLoop {
  /// Calls `body` once with each number below `count`, on up to `threads` threads at once, in no
  /// certain order but starting with 0; returns when all are done.
  ///
  /// - Parameter threads: nil for one a core.
  /// - Throws: what `body` throws for the smallest number for which it throws; pieces not begun by
  ///   then are left out.
  package static func run(count: Int, threads: Int? = nil, _ body: @Sendable (Int) throws -> Void)
    throws
  {
    let threads = min(count, max(1, threads ?? Workers.processorCount))
    guard threads > 1 else {
      for piece in 0..<count { try body(piece) }
      return
    }
    let next = Atomic(0)
    let failure = Mutex<(piece: Int, error: any Error)?>(nil)
    Workers(count: threads).run(threads) { _, _ in
      while true {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        do {
          try body(piece)
        } catch {
          next.store(count, ordering: .relaxed)
          failure.withLock { first in
            if first.map({ piece < $0.piece }) ?? true { first = (piece, error) }
          }
        }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure.error }
  }
}
