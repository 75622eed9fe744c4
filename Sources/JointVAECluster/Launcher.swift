/// What has started this process together with others, as its environment shows: mpirun, mpiexec or srun.
public struct Launcher: Hashable, Sendable {
  /// The launchers, by how a process knows them.
  public enum Kind: Hashable, Sendable {
    /// mpirun of Open MPI.
    case openMPI
    /// mpiexec of MPICH, Intel MPI or MVAPICH, or srun with PMI.
    case mpich
    /// srun with PMIx, which Open MPI and recent versions of MPICH understand.
    case pmix
    /// srun without a way for processes to find one another.
    case slurm
  }

  /// Which one it is.
  public let kind: Kind
  /// Processes that it started together.
  public let count: Int
  /// The number of this one, from 0.
  public let rank: Int
  /// The number of this one among those on its machine, from 0.
  public let rankOnMachine: Int

  /// The launcher that `environment` speaks of; nil when the process was started by itself.
  ///
  /// A job of Slurm is none. Only the processes of one step, which srun starts, belong together.
  /// - Parameter environment: the variables of the process.
  public init?(environment: [String: String]) {
    func number(_ names: String...) -> Int? {
      names.lazy.compactMap { environment[$0] }.compactMap { Int($0) }.first { $0 >= 0 }
    }
    if let count = number("OMPI_COMM_WORLD_SIZE"), let rank = number("OMPI_COMM_WORLD_RANK") {
      (kind, self.count, self.rank) = (.openMPI, count, rank)
    } else if let count = number("PMI_SIZE"), let rank = number("PMI_RANK") {
      (kind, self.count, self.rank) = (.mpich, count, rank)
    } else if let count = number("SLURM_STEP_NUM_TASKS"), let rank = number("SLURM_PROCID") {
      let kind: Kind = environment["PMIX_RANK"] == nil ? .slurm : .pmix
      (self.kind, self.count, self.rank) = (kind, count, rank)
    } else {
      return nil
    }
    rankOnMachine =
      number("OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "SLURM_LOCALID") ?? rank
    guard count > 0, rank < count else { return nil }
  }

  /// The command that users know it by.
  public var name: String {
    switch kind {
    case .openMPI: "mpirun of Open MPI"
    case .mpich: "mpiexec or srun"
    case .pmix, .slurm: "srun"
    }
  }
}
