import CLibrary

/// Ranks that compute something together, step after step, and notice when one of them stops or fails.
///
/// A rank that waits for another one in vain looks whether any rank has sent word of its end. So no rank waits for one that
/// has stopped, and none asks the others for leave before every step.
///
/// All of its calls come from one thread, as libraries of MPI want it; which one may change where the ranks are threads.
public final class RankTeam: @unchecked Sendable {
  /// All ranks.
  public let ranks: any Ranks
  private let patience: Duration
  private let isStopRequested: () -> Bool
  /// The step that this rank works on.
  private var step = 0
  /// What to do in place of sleeping while a message is awaited; nil, or a false that it returns, for sleep.
  public var whileWaiting: (() -> Bool)?
  /// The last step of rank 0, once it has ended the work.
  private var lastStep: Int?
  /// Whether the work ends here without being an error: rank 0 has stopped, or this rank was asked to stop while another one
  /// kept it waiting.
  public private(set) var hasStopped = false

  /// A team of all ranks.
  ///
  /// - Parameters:
  ///   - ranks: all of them.
  ///   - patience: how long to wait for a rank; the pictures and checkpoints of rank 0 count.
  ///   - isStopRequested: asked where another rank keeps this one waiting for 0.3 seconds; after a true, it waits no longer.
  public init(
    _ ranks: any Ranks, patience: Duration = .seconds(600),
    isStopRequested: @escaping () -> Bool = { false }
  ) {
    self.ranks = ranks
    self.patience = patience
    self.isStopRequested = isStopRequested
  }

  /// The number of this rank.
  public var rank: Int { ranks.rank }
  /// Ranks there are.
  public var count: Int { ranks.count }

  /// Begins a step, counted from 1.
  public func begin(step: Int) { self.step = step }

  /// Sends the other ranks word that rank 0 does no step after this one.
  public func announceStop(afterStep step: Int) {
    announce([0] + withUnsafeBytes(of: Int64(step).littleEndian) { Array($0) })
  }

  /// Sends the other ranks word that this one has failed, and why.
  public func announceFailure(_ reason: String) { announce([1] + Array(reason.utf8)) }

  private func announce(_ bytes: [UInt8]) {
    // Those that cannot be reached have ended, too.
    for other in 0..<count where other != rank {
      try? ranks.sendLater(bytes, to: other, tag: .ending)
    }
    let start = ContinuousClock.now
    while (try? ranks.areSent()) == false, ContinuousClock.now - start < .seconds(2) {
      usleep(1000)
    }
  }

  /// Waits for a message of the current step.
  /// - Throws: `ClusterError` when a rank has failed or answers no more, or the work was stopped.
  func receive(from other: Int) throws -> [UInt8] {
    var waiting = Waiting()
    while true {
      if let bytes = try ranks.receiveIfThere(from: other, tag: .collective) { return bytes }
      try wait(for: other, &waiting)
    }
  }

  /// Waits until everything has been sent.
  func finishSending(to other: Int) throws {
    var waiting = Waiting()
    while try !ranks.areSent() { try wait(for: other, &waiting) }
  }

  private func wait(for other: Int, _ waiting: inout Waiting) throws {
    guard waiting.pause(whileWaiting) else { return }
    try lookForEndings()
    if waiting.time > .milliseconds(300), isStopRequested() {
      hasStopped = true
      throw ClusterError("stopped while waiting for rank \(other)")
    }
    guard waiting.time < patience else {
      throw SilentRank(rank: other, seconds: Int(patience.components.seconds))
    }
  }

  /// Looks whether a rank has sent word of its end.
  private func lookForEndings() throws {
    for other in 0..<count where other != rank {
      guard let bytes = try ranks.receiveIfThere(from: other, tag: .ending) else { continue }
      guard bytes.first == 0, bytes.count == 9 else {
        throw ClusterError(
          "rank \(other) has failed: \(String(decoding: bytes.dropFirst(), as: UTF8.self))")
      }
      lastStep = Int(
        truncatingIfNeeded: bytes.dropFirst().reversed().reduce(UInt64(0)) {
          $0 << 8 | UInt64($1)
        })
    }
    // Messages of the last step may still be on their way between other ranks.
    if let lastStep, step > lastStep {
      hasStopped = true
      throw ClusterError("rank 0 has stopped after step \(lastStep)")
    }
  }
}

/// How long a rank has waited for a message.
private struct Waiting {
  private let start = ContinuousClock.now
  private var microseconds: UInt32 = 0
  private var tries = 0
  private var hasTurns = true
  /// How often to look for a message before another thread gets the processor.
  private static let triesATurn = 16

  var time: Duration { ContinuousClock.now - start }

  /// Lets others use the processor; false in the beginning, when there is no need to look for anything else.
  mutating func pause(_ other: (() -> Bool)?) -> Bool {
    if hasTurns, let other {
      tries += 1
      guard tries % Self.triesATurn == 0 else { return false }
      hasTurns = other()
      return time > .milliseconds(5)
    }
    // Messages that are under way come soon.
    guard microseconds > 0 || time > .microseconds(300) else {
      sched_yield()
      return false
    }
    microseconds = min(max(20, microseconds * 2), time < .seconds(1) ? 200 : 2000)
    usleep(microseconds)
    return true
  }
}
