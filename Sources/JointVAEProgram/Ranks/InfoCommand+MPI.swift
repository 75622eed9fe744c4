import Foundation
import JointVAECluster
import JointVAEFiles

/// What `info --mpi` prints.
extension InfoCommand {
  /// Prints the libraries that are here; as a rank, rather those of the launcher, and whether messages arrive.
  func printMPI() throws {
    let environment = ProcessInfo.processInfo.environment
    let name = environment[MPILibrary.variable]
    guard let launcher = Launcher(environment: environment) else {
      let libraries = MPILibrary.found(named: name)
      var rows = libraries.map { ["library", $0.words] }
      if rows.isEmpty {
        rows = [
          [
            "library",
            name.map { "none: \($0), which \(MPILibrary.variable) names, cannot be used" }
              ?? "none; install one, such as with apt-get install openmpi-bin libopenmpi3",
          ]
        ]
      }
      try StandardOutput.print(
        TextTable(rows + [["ranks", "1; a launcher such as mpirun starts more"]]).text)
      return
    }
    let ranks = try MPIRanks(launcher, libraryName: name)
    defer { ranks.leave() }
    let machines = try ranks.machines()
    let share = try ranks.processorShare()
    // Each rank adds its number in some places, and the sums are known.
    var values = (0..<1000).map { Float(ranks.rank * $0) }
    try values.withUnsafeMutableBufferPointer { try RankTeam(ranks).sum($0) }
    let whole = ranks.count * (ranks.count - 1) / 2
    let isRight = values == (0..<1000).map { Float(whole * $0) }
    let answers = try ranks.gather([isRight ? 1 : 0])
    guard ranks.rank == 0 else { return }
    let wrong = answers.indices.filter { answers[$0] != [1] }
    try StandardOutput.print(
      TextTable([
        ["launcher", launcher.name], ["library", ranks.library.words],
        ["ranks", "\(ranks.count)"],
        ["machines", machines.map { "\($0.name) (\($0.ranks))" }.joined(separator: ", ")],
        ["threads a rank", "\(share)"],
        ["sums", wrong.isEmpty ? "right on all ranks" : "wrong on ranks \(wrong)"],
      ]).text)
    guard wrong.isEmpty else {
      throw ClusterError("ranks add wrongly; use another library of MPI")
    }
  }
}

extension MPILibrary {
  /// Such as `Open MPI v4.1.4, ... in /usr/lib/libmpi.so.40, with Open MPI's binary interface`.
  fileprivate var words: String {
    // Open MPI says in one line how it was built, too.
    let short = version.split(separator: ",").first.map(String.init) ?? version
    return "\(short.replacing("  ", with: " ")), \(path), with the binary interface of "
      + interface.rawValue
  }
}
