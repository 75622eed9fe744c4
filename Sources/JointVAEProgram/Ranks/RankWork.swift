import Foundation
import JointVAE
import JointVAECluster
import JointVAERuns

/// The ranks that a launcher such as mpirun has started, for a command that shares its work with them.
struct RankWork {
  /// All ranks.
  let ranks: any Ranks
  /// Jobs that this one does at once.
  let jobs: Int
  /// Threads of each.
  let threadsPerJob: Int
  /// The ranks as a team that trains one model.
  let team: RankTeam
  private let stop: StopSignal

  /// Whether this process is a rank beside others, and not the process of one of their jobs.
  static var isThere: Bool { launcher != nil }

  /// Whether another rank prints what this one would.
  static var isSilent: Bool { launcher.map { $0.rank > 0 } ?? false }

  /// Leaves rank 0 time to print what is wrong: a launcher ends all ranks as soon as one of them fails, and drops what
  /// the others have not printed.
  ///
  /// It does not return where rank 0 fails as well, since the launcher then ends this process.
  static func awaitPrinting(ofFailure isFailure: Bool) {
    if isFailure { sleep(10) }
  }

  /// The job that this process was started for.
  static var call: JobCall? { JobCall(environment: ProcessInfo.processInfo.environment) }

  private static var launcher: Launcher? {
    let environment = ProcessInfo.processInfo.environment
    guard JobCall(environment: environment) == nil,
      let launcher = Launcher(environment: environment), launcher.count > 1
    else { return nil }
    return launcher
  }

  /// Joins the other ranks; nil for a process that was started by itself. No library is looked for then.
  ///
  /// - Parameters:
  ///   - stop: made before; threads of MPI inherit that signals wait.
  ///   - jobs: jobs that each rank does at once.
  ///   - threads: threads of all jobs of a rank; nil for its share of the processors.
  /// - Throws: `ClusterError` when there is no library of the launcher's MPI; `ConfigurationError` for an environment that
  ///   cannot be read.
  static func join(stop: StopSignal, jobs: Int = 1, threads: Int?) throws -> RankWork? {
    guard let launcher else { return nil }
    let patience = try Environment.patience()
    let ranks: MPIRanks
    do {
      ranks = try MPIRanks(
        launcher, libraryName: ProcessInfo.processInfo.environment[MPILibrary.variable])
    } catch {
      // Rank 0 prints its own. Another machine may lack what that of rank 0 has.
      if launcher.rank > 0, launcher.rankOnMachine == 0 {
        Terminal().write("Error: \(ProcessInfo.processInfo.hostName): \(error)\n")
      }
      throw error
    }
    let share = try threads ?? ranks.processorShare()
    let jobs = max(1, min(jobs, share))
    return RankWork(
      ranks: ranks, jobs: jobs, threadsPerJob: max(1, share / jobs),
      team: RankTeam(ranks, patience: patience) { stop.request != nil }, stop: stop)
  }

  /// Does the work of `body` on rank 0, with the jobs of all ranks; the others do the jobs.
  ///
  /// - Parameters:
  ///   - agreement: what has to be the same on all ranks, besides the program and its arguments.
  ///   - folder: the folder of results, which all ranks have to see; nil for none.
  ///   - body: called on rank 0.
  /// - Throws: `ClusterError` when ranks differ, on all of them; what `body` throws.
  func share(
    agreement: [RankAgreement.Item] = [], folder: String? = nil, _ body: (JobFarm) throws -> Void
  ) throws {
    try requireAgreement(agreement, folder: folder)
    let threads = threadsPerJob
    let host = JobHost(slots: jobs) { .ofThisProcess(job: $0, threads: threads) }
    guard ranks.rank == 0 else {
      return try JobFarm.serve(ranks, host, isStopRequested: stop.wasRequested)
    }
    let farm = try JobFarm(ranks, host: host)
    defer { farm.close() }
    try body(farm)
  }

  /// Makes sure that all ranks are the same program with the same arguments, and see the same folder.
  ///
  /// - Parameters:
  ///   - agreement: what has to be the same on all ranks, besides the program and its arguments.
  ///   - folder: the folder of results, which all ranks have to see; nil for none.
  /// - Throws: `ClusterError` when ranks differ, on all of them.
  func requireAgreement(_ agreement: [RankAgreement.Item] = [], folder: String?) throws {
    do {
      try RankAgreement(
        [
          RankAgreement.Item("version of jointvae", PackageVersion.current), RankAgreement.program,
          RankAgreement.Item(
            "command line", CommandLine.arguments.dropFirst().joined(separator: " ")),
        ] + agreement
      ).require(of: ranks)
      if let folder { try SharedFolder.require(folder, of: ranks) }
    } catch {
      ranks.leave()
      throw error
    }
  }
}
