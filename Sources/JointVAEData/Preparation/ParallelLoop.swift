import CLibrary
import Dispatch
import Synchronization

/// Numbered pieces of work, shared out among the cores.
package enum ParallelLoop {
  /// The number of cores of this machine.
  package static var coreCount: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Calls `body` once with each number below `count`, on up to `threads` threads at once, in no
  /// certain order but starting with 0; returns when all are done.
  ///
  /// - Parameter threads: nil for one a core.
  /// - Throws: what `body` throws for the smallest number for which it throws; pieces not begun by
  ///   then are left out.
  package static func run(count: Int, threads: Int? = nil, _ body: @Sendable (Int) throws -> Void)
    throws
  {
    let threads = min(count, max(1, threads ?? coreCount))
    guard threads > 1 else {
      for piece in 0..<count { try body(piece) }
      return
    }
    let next = Atomic(0)
    let failure = Mutex<(piece: Int, error: any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
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
