import CLibrary
import Foundation

/// Rank 0's view of all ranks that do jobs: it deals them out, one after the other, to ranks that have room.
///
/// Rank 0 does jobs, too. The others call ``serve(_:_:isStopRequested:)``. A job whose process dies goes on elsewhere, once. So do
/// the jobs of a rank that has not been heard of for a minute.
public final class JobFarm {
  private let ranks: any Ranks
  private var host: JobHost
  private var workers: [Worker]
  /// Seconds without a word after which a rank is given up.
  private let patience: Duration
  /// Microseconds between two looks for messages: each look takes some 80 of a processor that jobs use.
  private static let pause: UInt32 = 20_000
  private var hasOrderedStop = false

  private struct Worker {
    var slots: Int
    var jobs: Set<Int> = []
    var heard = ContinuousClock.now
    var isLost = false
    /// Whether it could not be told something.
    var isUnreachable = false
  }

  /// The ranks that do jobs.
  ///
  /// - Parameters:
  ///   - ranks: all of them; this is rank 0.
  ///   - host: the jobs of this rank.
  ///   - patience: how long a rank may be silent before its jobs go elsewhere.
  /// - Throws: `ClusterError` when a rank does not say how many jobs it takes.
  public init(
    _ ranks: any Ranks, host: consuming JobHost, patience: Duration = .seconds(60)
  ) throws {
    self.ranks = ranks
    self.patience = patience
    workers = [Worker(slots: host.slots)]
    self.host = host
    for rank in 1..<max(ranks.count, 1) {
      let bytes = try ranks.receive(from: rank, tag: .report)
      guard case .hello(let slots) = try Report(bytes) else {
        throw ClusterError("rank \(rank) runs another version of this program; start the same one")
      }
      workers.append(Worker(slots: max(1, slots)))
    }
  }

  /// Jobs that all ranks together do at once.
  public var slots: Int { workers.reduce(0) { $0 + $1.slots } }

  /// Does jobs, and returns when all are done or the work was stopped.
  ///
  /// - Parameters:
  ///   - jobs: their numbers, in the order in which they are to be begun.
  ///   - isStopRequested: asked every few milliseconds. After the first true no job is begun, and each that runs is asked to
  ///     stop.
  ///   - onEvent: called with what happens.
  /// - Returns: what came of each job.
  /// - Throws: `ClusterError` when messages cannot be exchanged; what `onEvent` throws.
  public func run(
    _ jobs: [Int], isStopRequested: () -> Bool = { false },
    onEvent: (JobEvent) throws -> Void = { _ in }
  ) throws -> [Int: JobOutcome] {
    var queue = JobQueue(jobs)
    var isStopping = false
    while true {
      var messages: [(rank: Int, message: JobHost.Message)] = host.poll().map { (0, $0) }
      for rank in workers.indices.dropFirst() where !workers[rank].isLost {
        while let bytes = try ranks.receiveIfThere(from: rank, tag: .report) {
          workers[rank].heard = .now
          switch try Report(bytes) {
          case .job(let message): messages.append((rank, message))
          case .stopRequested: isStopping = true
          case .hello, .alive, .bye: break
          }
        }
        guard ContinuousClock.now - workers[rank].heard > patience else { continue }
        workers[rank].isLost = true
        for job in workers[rank].jobs.sorted() {
          messages.append(
            (
              rank,
              .lost(
                job: job,
                reason: "rank \(rank) has not been heard of for \(patience.components.seconds) "
                  + "seconds")
            ))
        }
      }
      for (rank, message) in messages {
        for event in take(message, from: rank, &queue, isStopping) { try onEvent(event) }
      }
      if isStopping || isStopRequested() {
        isStopping = true
        queue.stop()
        try order(.stop)
      } else {
        try deal(&queue, onEvent)
      }
      if workers.allSatisfy(\.jobs.isEmpty), isStopping || queue.isEmpty { break }
      if messages.isEmpty { usleep(Self.pause) }
    }
    return queue.outcomes
  }

  /// Lets the other ranks go, and leaves.
  public func close() {
    try? order(.end)
    for rank in workers.indices.dropFirst() where !workers[rank].isLost {
      // Libraries of MPI complain of messages that nothing has received.
      while true {
        guard let bytes = try? ranks.receive(from: rank, tag: .report, patience: patience),
          let report = try? Report(bytes)
        else {
          workers[rank].isLost = true
          break
        }
        if report == .bye { break }
      }
    }
    if workers.contains(where: \.isLost) {
      // They would be waited for in vain.
      ranks.abort(code: 0)
    } else {
      ranks.leave()
    }
  }

  /// What a rank other than 0 does: the jobs it is given, until rank 0 lets it go.
  ///
  /// - Parameters:
  ///   - ranks: all ranks.
  ///   - host: the jobs of this one.
  ///   - isStopRequested: asked every few milliseconds; rank 0 stops the work of all when it is true.
  /// - Throws: `ClusterError` when messages cannot be exchanged.
  public static func serve(
    _ ranks: any Ranks, _ host: consuming JobHost, isStopRequested: () -> Bool = { false }
  ) throws {
    var host = host
    func report(_ report: Report) throws { try ranks.send(try report.bytes, to: 0, tag: .report) }
    try report(.hello(slots: host.slots))
    var spoken = ContinuousClock.now
    var hasAsked = false
    while true {
      let messages = host.poll()
      for message in messages { try report(.job(message)) }
      if !hasAsked, isStopRequested() {
        hasAsked = true
        try report(.stopRequested)
      }
      if ContinuousClock.now - spoken > .seconds(1) {
        spoken = .now
        try report(.alive)
      }
      while let bytes = try ranks.receiveIfThere(from: 0, tag: .order) {
        switch try Order(bytes) {
        case .begin(let job):
          if let message = host.begin(job) { try report(.job(message)) }
        case .stop: host.stop()
        case .end:
          try report(.bye)
          ranks.leave()
          return
        }
      }
      if messages.isEmpty { usleep(Self.pause) }
    }
  }

  private func deal(_ queue: inout JobQueue, _ onEvent: (JobEvent) throws -> Void) throws {
    var hasDealt = true
    while hasDealt {
      hasDealt = false
      // One each at a time, so that a few jobs are spread.
      for rank in workers.indices where !workers[rank].isLost {
        guard workers[rank].jobs.count < workers[rank].slots, !workers[rank].isUnreachable,
          let job = queue.next(
            for: rank, alternatives: workers.indices.filter { !workers[$0].isLost })
        else { continue }
        workers[rank].jobs.insert(job)
        hasDealt = true
        try onEvent(.begun(job: job))
        if rank > 0 {
          try tell(rank, .begin(job))
        } else if let message = host.begin(job) {
          for event in take(message, from: 0, &queue, false) { try onEvent(event) }
        }
      }
    }
  }

  private func order(_ order: Order) throws {
    if order == .stop {
      guard !hasOrderedStop else { return }
      hasOrderedStop = true
      host.stop()
    }
    for rank in workers.indices.dropFirst() where !workers[rank].isLost { try tell(rank, order) }
  }

  /// A rank that cannot be reached is given up when its time is over; its jobs then go elsewhere.
  private func tell(_ rank: Int, _ order: Order) throws {
    let bytes = try order.bytes
    do { try ranks.send(bytes, to: rank, tag: .order) } catch { workers[rank].isUnreachable = true }
  }

  private func take(
    _ message: JobHost.Message, from rank: Int, _ queue: inout JobQueue, _ isStopping: Bool
  ) -> [JobEvent] {
    switch message {
    case .line(let job, let line):
      let text = JobText(json: line.body)
      switch line.kind {
      case .event: return [.told(job: job, text)]
      case .result: queue.note(.done(text), of: job)
      case .failure:
        queue.note(.failed((try? text.value(as: String.self)) ?? "it failed"), of: job)
      }
      return []
    case .ended(let job, let ending):
      workers[rank].jobs.remove(job)
      return queue.end(
        job, on: rank, reason: "\(ending.words) on rank \(rank)", isStopping: isStopping)
    case .lost(let job, let reason):
      workers[rank].jobs.remove(job)
      return queue.end(job, on: rank, reason: reason, isStopping: isStopping)
    }
  }
}
