import JointVAECluster
import Testing

@Suite("What has started a process")
struct LauncherTests {
  @Test(
    "is read from the variables of each launcher",
    arguments: [
      (
        [
          "OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": "2",
          "OMPI_COMM_WORLD_LOCAL_RANK": "1", "PMIX_RANK": "2",
        ], Launcher.Kind.openMPI, 4, 2, 1
      ),
      (["PMI_SIZE": "3", "PMI_RANK": "0", "MPI_LOCALRANKID": "0"], .mpich, 3, 0, 0),
      (
        [
          "SLURM_STEP_NUM_TASKS": "8", "SLURM_PROCID": "7", "SLURM_LOCALID": "3", "PMIX_RANK": "7",
        ], .pmix, 8, 7, 3
      ),
      (["SLURM_STEP_NUM_TASKS": "8", "SLURM_PROCID": "7"], .slurm, 8, 7, 7),
    ] as [([String: String], Launcher.Kind, Int, Int, Int)])
  func known(
    variables: [String: String], kind: Launcher.Kind, count: Int, rank: Int, onMachine: Int
  ) throws {
    let launcher = try #require(Launcher(environment: variables))
    #expect(launcher.kind == kind)
    #expect(launcher.count == count)
    #expect(launcher.rank == rank)
    #expect(launcher.rankOnMachine == onMachine)
  }

  @Test(
    "is nothing without such variables, in a job of Slurm, and where numbers cannot be",
    arguments: [
      [:], ["PATH": "/bin"], ["SLURM_NTASKS": "8", "SLURM_PROCID": "0", "SLURM_JOB_ID": "1"],
      ["OMPI_COMM_WORLD_SIZE": "4"], ["PMI_SIZE": "x", "PMI_RANK": "0"],
      ["PMI_SIZE": "2", "PMI_RANK": "2"], ["PMI_SIZE": "0", "PMI_RANK": "0"],
      ["PMI_SIZE": "2", "PMI_RANK": "-1"],
    ] as [[String: String]])
  func none(variables: [String: String]) { #expect(Launcher(environment: variables) == nil) }

  @Test("is an error without the library of its MPI, naming the package")
  func noLibrary() throws {
    let launcher = try #require(
      Launcher(environment: ["PMI_SIZE": "2", "PMI_RANK": "0"]))
    #expect {
      _ = try MPIRanks(launcher, libraryName: "/nowhere/libmpi.so")
    } throws: { error in
      "\(error)".hasPrefix(
        "mpiexec or srun started 2 ranks, but the library that JOINTVAE_MPI names, "
          + "/nowhere/libmpi.so, cannot be used (/nowhere/libmpi.so: ")
    }
    #expect {
      // A library of the system, which is no MPI.
      _ = try MPIRanks(launcher, libraryName: "libc.so.6")
    } throws: { "\($0)".contains("libc.so.6: is no library of MPI 3 or later") }
  }
}
