import JointVAE
import JointVAEData
import JointVAEFiles

extension SeedSearch {
  /// How a search came to its end.
  public enum Ending: Hashable, Sendable {
    /// One of the seeds stands where the run is to be, and can be resumed there.
    case chosen(RestartTable)
    /// The user asked it to end with the signal of this number; a checkpoint was written.
    case stopped(signal: Int32)
  }

  private enum Outcome {
    case candidate(RestartCandidate)
    case stopped(signal: Int32)
  }

  /// Trains all seeds that are still to be trained, and puts the best one where the run is to stand.
  ///
  /// - Parameters:
  ///   - compute: threads and instructions; they do not change the result.
  ///   - stop: a signal ends the search with a checkpoint.
  ///   - progress: where to show how it goes, and the table at the end.
  /// - Throws: `FileError` when all seeds failed, or a file cannot be read or written; what training throws, but for
  ///   numbers that ran away: such a seed is out of the running.
  public func choose(
    compute: Compute = .automatic, stop: StopSignal,
    progress: ProgressReporter
  ) throws -> Ending {
    var table = self.table
    for seed in table.missingSeeds {
      if let signal = stop.request {
        if stop.received != nil { stop.acceptAndRestore() }
        return .stopped(signal: signal)
      }
      progress.note(
        "seed \(seed), \(table.candidates.count + 1) of \(table.count), up to step \(table.step)")
      switch try train(
        seed, compute: compute, stop: stop, progress: progress)
      {
      case .stopped(let signal): return .stopped(signal: signal)
      case .candidate(let candidate):
        if let failure = candidate.failure {
          progress.note("seed \(seed) is out of the running: \(failure)")
        }
        table.candidates.append(candidate)
        try table.write(to: restarts.table)
      }
    }
    guard let best = table.best else { throw allFailed(table) }
    table.kept = best.seed
    let chosen = restarts.candidate(best.seed)
    try table.write(to: chosen.restarts)
    try AtomicFile.move(chosen.path, to: folder.path)
    restarts.remove(table)
    progress.note(table.text)
    return .chosen(table)
  }

  /// What to say when it was stopped.
  public var closing: String {
    "\(folder.path): stopped while its seeds are trained in \(restarts.path); go on with: "
      + "jointvae train --resume --out \(folder.path)"
  }

  private func train(
    _ seed: UInt64, compute: Compute, stop: StopSignal,
    progress: ProgressReporter
  ) throws -> Outcome {
    do {
      let run = try open(seed)
      progress.introduce(run)
      let result = try run.train(
        until: table.step, compute: compute,
        observers: [stop, progress])
      if result.ending == .stopped, let signal = stop.request { return .stopped(signal: signal) }
      return .candidate(try RestartCandidate(measuring: run, upTo: table.step))
    } catch let error as DivergedModel {
      return .candidate(
        RestartCandidate(
          seed: seed, failure: "the model of step \(error.step) gives a KL that is not finite"))
    } catch TrainingError.notFinite(let tensor, let step) {
      return .candidate(
        RestartCandidate(
          seed: seed, failure: "step \(step): \(tensor) holds a value that is not finite"))
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
