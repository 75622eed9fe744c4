import Foundation

/// The command that does a job.
public struct JobCommand: Hashable, Sendable {
  /// The program's path.
  public var executable: String
  /// What follows it.
  public var arguments: [String]
  /// Its variables.
  public var environment: [String: String]

  /// A command.
  public init(executable: String, arguments: [String], environment: [String: String]) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
  }

  /// The command of this process for one of its jobs.
  ///
  /// - Parameters:
  ///   - job: the number of the job.
  ///   - threads: threads that it may use.
  public static func ofThisProcess(job: Int, threads: Int) -> JobCommand {
    var environment = ProcessInfo.processInfo.environment.filter { name, _ in
      !launcherPrefixes.contains { name.hasPrefix($0) }
    }
    environment[JobCall.jobVariable] = "\(job)"
    environment[JobCall.threadsVariable] = "\(threads)"
    return JobCommand(
      executable: Bundle.main.executablePath ?? CommandLine.arguments[0],
      arguments: Array(CommandLine.arguments.dropFirst()), environment: environment)
  }

  /// A job is no rank.
  private static let launcherPrefixes = ["OMPI_", "PMIX_", "PMI_", "MPI_LOCAL", "HYDI_"]
}
