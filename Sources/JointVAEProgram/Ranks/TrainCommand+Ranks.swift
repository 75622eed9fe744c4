import ArgumentParser
import Foundation
import JointVAE
import JointVAECluster
import JointVAERuns

/// A training on the ranks of a launcher: one model on all of them, or the seeds of --restarts, each in a process of its own.
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

  /// Trains with the other ranks.
  func trainOnRanks() throws {
    // Made before MPI begins its threads, which inherit that signals wait.
    let stop = StopSignal()
    guard let work = try RankWork.join(stop: stop, threads: options.threads) else { return }
    let parent = SharedFolder.above(folder.path)
    if options.restarts != nil || (options.resume && SeedSearch.isUnfinished(in: folder)) {
      try work.share(folder: parent) { try train(on: $0, stop: stop) }
    } else {
      try work.requireAgreement(folder: parent)
      try trainTogether(work, stop: stop)
    }
  }

  /// Trains one model on all ranks. Rank 0 reads and writes what a training on one machine does, and decides when to stop.
  private func trainTogether(_ work: RankWork, stop: StopSignal) throws {
    guard work.ranks.rank == 0 else {
      try TrainingRun.follow(
        work.team, catalog: Environment.catalog(threads: work.threadsPerJob, isQuiet: true),
        compute: Environment.compute(threads: work.threadsPerJob))
      return work.ranks.leave()
    }
    do {
      try train(on: nil, stop: stop, team: work.team, threads: work.threadsPerJob)
    } catch let code as ExitCode {
      // A signal has stopped the training, on all ranks.
      work.ranks.leave()
      throw code
    } catch {
      work.team.announceFailure("\(error)")
      throw error
    }
    work.ranks.leave()
  }
}
