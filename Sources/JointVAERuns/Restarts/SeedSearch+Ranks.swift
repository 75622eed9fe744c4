import JointVAE
import JointVAECluster
import JointVAEData
import JointVAEFiles

extension SeedSearch {
  /// Trains one seed, in the process of a job.
  ///
  /// - Parameters:
  ///   - call: the job; its number is that of the seed, from 0.
  ///   - folder: where the run is to stand.
  ///   - changes: as in ``resume(_:changes:request:catalog:)``; none for a search that rank 0 has just begun.
  ///   - catalog: where the images come from.
  ///   - compute: threads and instructions.
  ///   - observers: those of the training.
  /// - Throws: what training throws; when rank 0 cannot be told.
  public static func train(
    _ call: JobCall, in folder: RunFolder, changes: SettingChanges, catalog: DataSetCatalog,
    compute: Compute, observers: (borrowing TrainingRun) -> [any TrainingObserver]
  ) throws {
    do {
      let search = try joined(folder, changes: changes, catalog: catalog)
      guard search.table.seeds.indices.contains(call.job) else {
        throw ClusterError(
          "there is no seed \(call.job + 1); start the same version of the program on all ranks")
      }
      let seed = search.table.seeds[call.job]
      if let candidate = try search.train(seed, compute: compute, observers: observers) {
        try call.send(result: candidate)
      }
    } catch { try call.send(failure: "\(error)") }
  }

  /// Trains all seeds that are still to be trained, on all ranks, and puts the best one where the run is to stand; rank 0 calls
  /// it.
  ///
  /// - Parameters:
  ///   - farm: the ranks; their jobs call ``train(_:in:changes:catalog:compute:observers:)``.
  ///   - compute: of rank 0, for the choice.
  ///   - isStopRequested: asked every few milliseconds; after the first true, all seeds stop with checkpoints.
  ///   - onEvent: called with what happens.
  ///   - onMove: called with a seed whose process died, and why; it goes on elsewhere.
  /// - Throws: as ``choose(compute:observers:onEvent:)``; `FileError` when the process of a seed died twice.
  public func choose(
    on farm: JobFarm, compute: Compute = .automatic, isStopRequested: () -> Bool = { false },
    onEvent: (Event) -> Void = { _ in },
    onMove: (_ seed: UInt64, _ reason: String) -> Void = { _, _ in }
  ) throws -> Ending {
    var table = self.table
    let seeds = table.seeds
    var known: [Int: RestartCandidate] = [:]
    var failure: FileError?
    let missing = Array(table.candidates.count..<seeds.count)
    _ = try farm.run(missing, isStopRequested: { failure != nil || isStopRequested() }) { event in
      switch event {
      case .begun(let job):
        onEvent(.seed(seeds[job], number: job + 1, count: seeds.count, step: table.step))
      case .moved(let job, let reason): onMove(seeds[job], reason)
      case .ended(let job, .done(let text)):
        let candidate = try text.value(as: RestartCandidate.self)
        guard candidate.seed == seeds[job] else {
          throw ClusterError("a job trained another seed; start the same version on all ranks")
        }
        if let failure = candidate.failure {
          onEvent(.failed(seed: seeds[job], reason: failure))
        }
        known[job] = candidate
        // The table holds the first seeds; one that is done before those is kept by its own folder.
        while let next = known[table.candidates.count] { table.candidates.append(next) }
        try table.write(to: restarts.table)
      case .ended(let job, .failed(let reason)), .ended(let job, .lost(let reason)):
        failure =
          failure
          ?? FileError(
            restarts.candidate(seeds[job]).path,
            "cannot be trained: \(reason); mend that, and go on")
      case .told, .ended(_, .notRun): break
      }
    }
    if let failure { throw failure }
    guard table.candidates.count == seeds.count else { return .stopped }
    return .chosen(try finish(table, compute: compute, onEvent: onEvent))
  }
}
