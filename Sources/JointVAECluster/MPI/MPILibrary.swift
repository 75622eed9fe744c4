import CMPI

/// A library of MPI on this machine.
public struct MPILibrary: Hashable, Sendable {
  /// Whose binary interface it has.
  public enum Interface: String, Hashable, Sendable, CaseIterable {
    /// Handles are addresses of symbols.
    case openMPI = "Open MPI"
    /// Handles are numbers; Intel MPI, MVAPICH and Cray's library have the same.
    case mpich = "MPICH"
    /// That of MPI 5, which several libraries offer beside their own.
    case standard = "MPI 5"
  }

  /// Whose binary interface it has.
  public let interface: Interface
  /// Where it was found.
  public let path: String
  /// Its version in its own words, of which the first line counts.
  public let version: String

  init?(_ library: jointvae_mpi_library) {
    switch library.interface {
    case jointvae_mpi_open_mpi: interface = .openMPI
    case jointvae_mpi_mpich: interface = .mpich
    case jointvae_mpi_standard: interface = .standard
    default: return nil
    }
    path = library.path.map { String(cString: $0) } ?? ""
    let lines = (library.version.map { String(cString: $0) } ?? "").split(
      whereSeparator: \.isNewline)
    version = lines.first.map { String($0).replacing("\t", with: " ") } ?? "of unknown version"
  }

  /// The libraries that are here, each once.
  ///
  /// - Parameter named: the one library to look for, by its name or path; nil for all that are known.
  public static func found(named: String? = nil) -> [MPILibrary] {
    var libraries: [MPILibrary] = []
    for name in named.map({ [$0] }) ?? names(for: nil) {
      var facts = jointvae_mpi_library()
      guard jointvae_mpi_look(name, &facts) == nil, let library = MPILibrary(facts) else {
        continue
      }
      if !libraries.contains(where: { $0.path == library.path }) { libraries.append(library) }
    }
    return libraries
  }

  /// Loads the library of the MPI that a launcher belongs to.
  ///
  /// - Parameters:
  ///   - launcher: what started the ranks.
  ///   - named: the library's name or path; nil for the one that suits the launcher.
  /// - Throws: `ClusterError` naming what was looked for, and the package to install.
  static func load(for launcher: Launcher, named: String?) throws -> MPILibrary {
    let names = named.map { [$0] } ?? names(for: launcher.kind)
    var problem: String?
    for name in names {
      var facts = jointvae_mpi_library()
      if let words = jointvae_mpi_load(name, &facts) {
        problem = String(cString: words)
      } else if let library = MPILibrary(facts) {
        return library
      }
    }
    if let named {
      throw ClusterError(
        "\(launcher.name) started \(launcher.count) ranks, but the library that \(variable) names, "
          + "\(named), cannot be used (\(problem ?? "")); name that of the same MPI as the launcher"
      )
    }
    throw ClusterError(
      "\(launcher.name) started \(launcher.count) ranks, but this machine has no library of its MPI "
        + "(\(names.prefix(2).joined(separator: ", "))); install it, such as with apt-get install "
        + "\(package(for: launcher.kind)), or name it in \(variable)")
  }

  /// The environment variable that names a library.
  public static let variable = "JOINTVAE_MPI"

  /// The package of Debian that holds the library.
  private static func package(for kind: Launcher.Kind) -> String {
    kind == .mpich ? "libmpich12" : "libopenmpi3"
  }

  /// What the dynamic loader may find the library of a launcher under, the likeliest first.
  private static func names(for kind: Launcher.Kind?) -> [String] {
    #if canImport(Darwin)
      let folders = ["", "/opt/homebrew/lib/", "/usr/local/lib/"]
      func all(_ names: String...) -> [String] {
        names.flatMap { name in folders.map { "\($0)\(name).dylib" } }
      }
      let openMPI = all("libmpi.40")
      let mpich = all("libmpi.12", "libmpich.12")
      let standard = all("libmpi_abi.1", "libmpi_abi.0", "libmpi_abi")
    #else
      let openMPI = ["libmpi.so.40"]
      let mpich = ["libmpich.so.12", "libmpi.so.12"]
      let standard = ["libmpi_abi.so.1", "libmpi_abi.so.0", "libmpi_abi.so"]
    #endif
    return switch kind {
    case .openMPI, .pmix, .slurm: openMPI + standard
    case .mpich: mpich + standard
    case nil: openMPI + mpich + standard
    }
  }
}
