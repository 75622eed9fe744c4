import Foundation
import JointVAE
import JointVAECluster
import JointVAEExperiments

/// The runs of an experiment on the ranks of a launcher, each in a process of its own.
extension ExperimentRunCommand {
  /// Does one run, in the process that a rank has started for it.
  func run(_ call: JobCall) throws {
    let stop = StopSignal()
    call.listen()
    let release = stop.release
    try makeRunner(jobs: 1, threads: call.threads, isQuiet: true).run(
      call, observers: { _ in [release] }, isStopRequested: stop.wasRequested)
  }

  /// Does all runs with the other ranks. Rank 0 reports, as a program without ranks does.
  func shareRuns() throws {
    // Made before MPI begins its threads, which inherit that signals wait.
    let stop = StopSignal()
    guard let work = try RankWork.join(stop: stop, jobs: jobs, threads: threads) else { return }
    let runner = Result {
      try makeRunner(
        jobs: work.jobs, threads: work.jobs * work.threadsPerJob, isQuiet: work.ranks.rank > 0)
    }
    var agreement = [RankAgreement.Item("experiment file", Self.digest(ofFile: runs.file))]
    // Where the file cannot be, rank 0 reports it.
    if let runner = try? runner.get(), let digests = try? runner.imageDigests() {
      agreement += digests
    }
    try work.share(agreement: agreement, folder: (try? runner.get())?.folder) { farm in
      let runner = try runner.get()
      let terminal = Terminal()
      let chosen = try only.map { [try runner.plan.index(of: $0)] }
      let result = try runner.run(on: farm, only: chosen, isStopRequested: stop.wasRequested) {
        terminal.write($0.text + "\n")
      }
      stop.acceptAndRestore()
      try close(runner, result, stop: stop, terminal)
    }
  }

  private static func digest(ofFile path: String) -> String {
    FileManager.default.contents(atPath: path).map { "checksum \(RankAgreement.digest(Array($0)))" }
      ?? "missing"
  }
}
