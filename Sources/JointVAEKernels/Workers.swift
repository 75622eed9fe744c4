import CLibrary
import CTiles
import Foundation
import Synchronization

/// Threads that share the items of one job at a time: the one pool of the package.
///
/// The engine keeps its threads from step to step. `ParallelLoop` of JointVAEData makes them for a loop whose pieces are
/// milliseconds long and may fail. Long-running work, such as a training or a run of a comparison, has a thread of its own.
///
/// A training step is about a dozen jobs of a fraction of a millisecond each, so idle threads spin for a moment before
/// they park: a job then starts within a microsecond. Jobs must be given from one thread at a time.
///
/// A thread takes items of its own share first, a range that depends on the number of items alone, and then helps others:
/// what an item of one job leaves in a processor's caches is found there by the same item of the next.
public final class Workers: Sendable {
  /// Threads that work on a job, the caller's among them.
  public let count: Int
  private let board: Board
  private let threads: [pthread_t]

  /// `count` threads, at least 1; the caller's thread is one of them.
  public init(count: Int) {
    let board = Board(shares: max(count, 1))
    var threads: [pthread_t] = []
    for number in 1..<max(count, 1) {
      // A system that refuses more threads leaves the work to fewer; the results are the same.
      guard let thread = startThread({ board.work(as: number) }) else { break }
      threads.append(thread)
    }
    self.board = board
    self.threads = threads
    self.count = threads.count + 1
  }

  /// Processors that this process may use; at least 1.
  public static var processorCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  deinit {
    board.close()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Calls `body` once for each item below `items`, on all threads, and returns when all calls have.
  ///
  /// - Parameter body: gets the item and the number of the thread, below `count`.
  public func run(_ items: Int, _ body: (_ item: Int, _ worker: Int) -> Void) {
    guard items > 1, count > 1 else {
      for item in 0..<items { body(item, 0) }
      return
    }
    withoutActuallyEscaping(body) { board.post(items, $0) }
  }
}

/// What the threads of a `Workers` share: the current job, and where idle threads park.
private final class Board: @unchecked Sendable {
  typealias Body = (_ item: Int, _ worker: Int) -> Void

  // The upper 32 bits number the job, the lower 32 count the items that are not taken. Only a thread that has taken an item may
  // read `body` and `items`: the job cannot end before that item does.
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let parked = Atomic<Int>(0)
  private let isClosed = Atomic<Bool>(false)
  private var body: Body = { _, _ in }
  private var items = 0
  // Items of each thread's share that are taken, a cache line apart; like `items`, for those who hold an item's ticket.
  private let shares: Int
  private let taken: UnsafeMutablePointer<Atomic<Int>>
  private static let line = 8
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init(shares: Int) {
    self.shares = shares
    taken = .allocate(capacity: shares * Self.line)
    for place in 0..<shares * Self.line { (taken + place).initialize(to: Atomic(0)) }
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
    taken.deinitialize(count: shares * Self.line)
    taken.deallocate()
  }

  func post(_ count: Int, _ work: @escaping Body) {
    body = work
    items = count
    for share in 0..<shares { taken[share * Self.line].store(0, ordering: .relaxed) }
    finished.store(0, ordering: .relaxed)
    let job = (ticket.load(ordering: .relaxed) >> 32) &+ 1
    ticket.store(job << 32 | UInt64(count), ordering: .sequentiallyConsistent)
    if parked.load(ordering: .sequentiallyConsistent) > 0 { wakeAll() }
    takeItems(as: 0)
    var spins = 0
    while finished.load(ordering: .acquiring) < count { idle(&spins) }
    body = { _, _ in }
  }

  func work(as worker: Int) {
    while !isClosed.load(ordering: .acquiring) {
      takeItems(as: worker)
      if !spinForItems() { park() }
    }
  }

  func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    wakeAll()
  }

  private var hasItems: Bool {
    UInt32(truncatingIfNeeded: ticket.load(ordering: .sequentiallyConsistent)) > 0
  }

  private func takeItems(as worker: Int) {
    while takeTicket() {
      if let item = nextItem(for: worker) { body(item, worker) }
      finished.add(1, ordering: .releasing)
    }
  }

  /// Whether one of the job's items, whichever, is this thread's to do.
  private func takeTicket() -> Bool {
    var seen = ticket.load(ordering: .acquiring)
    while UInt32(truncatingIfNeeded: seen) > 0 {
      let (exchanged, original) = ticket.weakCompareExchange(
        expected: seen, desired: seen - 1, ordering: .acquiringAndReleasing)
      if exchanged { return true }
      seen = original
    }
    return false
  }

  /// The next item of the thread's own share, or of another's. There is one, since there are as many tickets as items.
  private func nextItem(for worker: Int) -> Int? {
    for offset in 0..<shares {
      let share = (worker + offset) % shares
      let next =
        items * share / shares
        + taken[share * Self.line].add(1, ordering: .relaxed).oldValue
      if next < items * (share + 1) / shares { return next }
    }
    return nil
  }

  /// About 50 microseconds: longer than the gaps between the jobs of a step.
  private func spinForItems() -> Bool {
    for _ in 0..<2_000 {
      if hasItems || isClosed.load(ordering: .relaxed) { return true }
      ctiles_pause()
    }
    return false
  }

  private func idle(_ spins: inout Int) {
    spins += 1
    // With more threads than processors, the one waited for may need this processor.
    if spins > 1_000 { sched_yield() } else { ctiles_pause() }
  }

  private func park() {
    pthread_mutex_lock(mutex)
    parked.add(1, ordering: .sequentiallyConsistent)
    while !hasItems && !isClosed.load(ordering: .sequentiallyConsistent) {
      pthread_cond_wait(condition, mutex)
    }
    parked.subtract(1, ordering: .sequentiallyConsistent)
    pthread_mutex_unlock(mutex)
  }

  private func wakeAll() {
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(condition)
    pthread_mutex_unlock(mutex)
  }
}
