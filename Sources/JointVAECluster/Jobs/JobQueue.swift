/// Which job is next, and what came of those before.
struct JobQueue {
  /// What came of each job so far.
  private(set) var outcomes: [Int: JobOutcome]
  private var waiting: [Int]
  /// Where a job died before.
  private var deaths: [Int: [(rank: Int, reason: String)]] = [:]

  /// Deaths after which a job is given up.
  private static let deathLimit = 2

  init(_ jobs: [Int]) {
    waiting = jobs
    outcomes = Dictionary(jobs.map { ($0, .notRun) }) { first, _ in first }
  }

  /// Whether no job waits.
  var isEmpty: Bool { waiting.isEmpty }

  /// Takes the next job for a rank; one that died there before waits for another, where there is one.
  mutating func next(for rank: Int, alternatives: [Int]) -> Int? {
    let place = waiting.firstIndex { job in
      let ranks = (deaths[job] ?? []).map(\.rank)
      return !ranks.contains(rank) || alternatives.allSatisfy(ranks.contains)
    }
    return place.map { waiting.remove(at: $0) }
  }

  /// Notes what a job says of itself.
  mutating func note(_ outcome: JobOutcome, of job: Int) { outcomes[job] = outcome }

  /// Begins no more jobs.
  mutating func stop() { waiting = [] }

  /// Notes that the process of a job has ended.
  mutating func end(_ job: Int, on rank: Int, reason: String, isStopping: Bool) -> [JobEvent] {
    let outcome = outcomes[job] ?? .notRun
    guard outcome == .notRun, !isStopping else { return [.ended(job: job, outcome)] }
    deaths[job, default: []].append((rank, reason))
    let died = deaths[job] ?? []
    guard died.count >= Self.deathLimit else {
      waiting.insert(job, at: 0)
      return [.moved(job: job, reason: reason)]
    }
    let words = died.map(\.reason).joined(separator: ", then ")
    outcomes[job] = .lost(words)
    return [.ended(job: job, .lost(words))]
  }
}
