import Foundation
import JointVAE
import JointVAECluster
import JointVAERuns

/// The seeds of --restarts on the ranks of a launcher, each in a process of its own.
extension TrainCommand {
  private var folder: RunFolder {
    RunFolder(options.out ?? "runs/\(RunFolder.name(for: dataset ?? ""))")
  }

  /// Trains one seed, in the process that a rank has started for it.
  func trainSeed(_ call: JobCall) throws {
    let stop = StopSignal()
    call.listen()
    try SeedSearch.train(
      call, in: folder, changes: options.resume ? changes : SettingChanges(),
      catalog: Environment.catalog(threads: call.threads, isQuiet: true),
      compute: try Environment.compute(threads: call.threads)
    ) { run in [stop] + eventLog(run) }
  }

  /// Trains the seeds with the other ranks. Rank 0 chooses the best one and goes on with it.
  func trainOnRanks() throws {
    guard options.restarts != nil || options.resume else {
      throw ClusterError(
        "the launcher started several ranks, and a training without --restarts runs on one machine; train several "
          + "seeds with --restarts N, or start one training without the launcher")
    }
    // Made before MPI begins its threads, which inherit that signals wait.
    let stop = StopSignal()
    guard let work = try RankWork.join(stop: stop, threads: options.threads) else { return }
    try work.share(folder: SharedFolder.above(folder.path)) { farm in
      try train(on: farm, stop: stop)
    }
  }
}
