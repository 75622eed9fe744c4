import JointVAEFiles

/// A shell script that submits an experiment to Slurm: an array with a task for each run, and a job that reports at the end.
public struct SlurmScript: Hashable, Sendable {
  /// The experiment's name.
  public let name: String
  /// Runs there are.
  public let runs: Int
  /// The command of all runs, in words of a shell.
  public let command: String
  /// Processors of each run.
  public let threads: Int
  /// Runs at once at most; nil for as many as the cluster takes.
  public let atOnce: Int?

  /// A script.
  ///
  /// - Parameters:
  ///   - name: the experiment's name.
  ///   - runs: runs there are.
  ///   - command: the command of all runs, in words of a shell.
  ///   - threads: processors of each run.
  ///   - atOnce: runs at once at most; nil for as many as the cluster takes.
  public init(name: String, runs: Int, command: String, threads: Int, atOnce: Int?) {
    (self.name, self.runs, self.command) = (name, runs, command)
    (self.threads, self.atOnce) = (threads, atOnce)
  }

  /// The script.
  public var text: String {
    let array = "1-\(runs)" + (atOnce.map { "%\($0)" } ?? "")
    let title = FolderName.isSafe(name) ? name : "experiment"
    return """
      #!/bin/sh
      # Trains the \(runs) runs of an experiment as a job array of Slurm, then reports them.
      # Words that follow the script go to sbatch for the array, such as --partition=long --time=2:00:00.
      set -eu
      job=$(sbatch --parsable --job-name=\(title) --array=\(array) --ntasks=1 --cpus-per-task=\(threads) "$@" << 'END'
      #!/bin/sh
      exec \(command) --only "$SLURM_ARRAY_TASK_ID"
      END
      )
      # A cluster may stand behind a semicolon.
      job=${job%%;*}
      # Finished runs stay as they are; one that failed is tried once more here.
      sbatch --job-name=\(title)-report --dependency="afterany:$job" --ntasks=1 --cpus-per-task=\(threads) << 'END'
      #!/bin/sh
      exec \(command)
      END

      """
  }
}
