import JointVAE
import JointVAEData
import JointVAEFiles

extension SeedSearch {
  /// How a search came to its end.
  public enum Ending: Hashable, Sendable {
    /// One of the seeds stands where the run is to be, and can be resumed there.
    case chosen(RestartTable)
    /// An observer asked a training to stop; a checkpoint was written.
    case stopped
  }

  /// What happens in a search.
  public enum Event: Hashable, Sendable {
    /// A seed is about to be trained up to a step; `number` counts from 1 to `count`.
    case seed(UInt64, number: Int, count: Int, step: Int)
    /// A seed cannot be chosen.
    case failed(seed: UInt64, reason: String)
    /// The best seed is chosen.
    case chosen(RestartTable)
  }

  /// Trains all seeds that are still to be trained, and puts the best one where the run is to stand.
  ///
  /// - Parameters:
  ///   - compute: threads and instructions; they do not change the result.
  ///   - observers: those of each seed's training; one that stops it ends the search with a checkpoint.
  ///   - onEvent: called with what happens.
  /// - Throws: `FileError` when all seeds failed, or a file cannot be read or written; what training throws, but for
  ///   numbers that ran away: such a seed is out of the running.
  public func choose(
    compute: Compute = .automatic,
    observers: (borrowing TrainingRun) -> [any TrainingObserver] = { _ in [] },
    onEvent: (Event) -> Void = { _ in }
  ) throws -> Ending {
    var table = self.table
    for seed in table.missingSeeds {
      onEvent(
        .seed(
          seed, number: table.candidates.count + 1, count: table.count, step: table.step))
      guard let candidate = try train(seed, compute: compute, observers: observers) else {
        return .stopped
      }
      if let failure = candidate.failure { onEvent(.failed(seed: seed, reason: failure)) }
      table.candidates.append(candidate)
      try table.write(to: restarts.table)
    }
    return .chosen(try finish(table, compute: compute, onEvent: onEvent))
  }

  /// Puts the best of the seeds, all of which are trained, where the run is to stand.
  func finish(
    _ trained: RestartTable, compute: Compute, onEvent: (Event) -> Void
  ) throws -> RestartTable {
    var table = trained
    try measureAgreement(in: &table, compute: compute)
    try table.write(to: restarts.table)
    guard let best = table.best else { throw allFailed(table) }
    table.kept = best.seed
    let chosen = restarts.candidate(best.seed)
    try table.write(to: chosen.restarts)
    try AtomicFile.move(chosen.path, to: folder.path)
    restarts.remove(table)
    onEvent(.chosen(table))
    return table
  }

  /// The folder of the seeds that are trained.
  package var seedsFolder: String { restarts.path }

  /// Trains a seed and measures it; nil when an observer stopped it.
  func train(
    _ seed: UInt64, compute: Compute,
    observers: (borrowing TrainingRun) -> [any TrainingObserver]
  ) throws -> RestartCandidate? {
    do {
      let run = try open(seed)
      let result = try run.train(
        until: table.step, compute: compute, observers: observers(run))
      if result.ending == .stopped { return nil }
      return try RestartCandidate(measuring: run, upTo: table.step)
    } catch let error as DivergedModel {
      return RestartCandidate(
        seed: seed, failure: "the model of step \(error.step) gives a KL that is not finite")
    } catch TrainingError.notFinite(let tensor, let step) {
      return RestartCandidate(
        seed: seed, failure: "step \(step): \(tensor) holds a value that is not finite")
    }
  }

  /// The run of a seed: a new one, or the one that was begun.
  private func open(_ seed: UInt64) throws -> TrainingRun {
    let candidate = restarts.candidate(seed)
    guard !candidate.isRun else {
      return try TrainingRun.resume(candidate, changes: changes, catalog: catalog)
    }
    let all = try catalog.load(settings.images.request)
    // Other images than the first seed's would make the losses incomparable.
    _ = try settings.parts(of: all, for: restarts.path)
    var own = settings
    own.training.seed = seed
    return try TrainingRun.begin(in: candidate, own, on: all)
  }

  private func allFailed(_ table: RestartTable) -> FileError {
    let first = table.candidates.first.map { "seed \($0.seed): \($0.failure ?? "")" } ?? ""
    return FileError(
      restarts.path,
      "no seed could be trained (\(first)); remove the folder "
        + "and begin again with a lower learning rate or smaller capacity weights")
  }
}
