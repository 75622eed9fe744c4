import ArgumentParser
import JointVAEExperiments
import JointVAEFiles

struct ExperimentScriptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "script",
    abstract: "Write a script that trains an experiment as a job array.",
    discussion: """
      With --slurm it prints a shell script for Slurm. The script submits an array with a task for each run, and one more job \
      that waits for all tasks and writes the table and the report. Words that follow the script go to sbatch for the array.

        jointvae experiment script Experiments/losses-mnist.yaml --slurm > losses.sh
        sh losses.sh --partition=long --time=2:00:00

      Start the script in the folder in which the command was called. Results are those of experiment run.
      """)

  @OptionGroup
  var runs: ExperimentOptions

  @Flag(help: "Write a script for Slurm.")
  var slurm = false

  @Option(parsing: .unconditional, help: "Processors, and threads, of each run.")
  var threads = 4

  @Option(
    parsing: .unconditional, help: "Runs at once at most. (default: as many as the cluster takes)")
  var jobs: Int?

  func validate() throws {
    guard slurm else {
      throw ValidationError("Missing --slurm: name the system that the script is for.")
    }
    try Parsing.requirePositive(("--threads", threads))
    if let jobs { try Parsing.requirePositive(("--jobs", jobs)) }
  }

  func run() throws {
    let plan = try runs.plan()
    try StandardOutput.write(
      SlurmScript(
        name: plan.experiment.name, runs: plan.runs.count, command: words, threads: threads,
        atOnce: jobs
      ).text)
  }

  /// The command that trains and reports, as words of a shell.
  private var words: String {
    // A script is written on purpose, so that nothing is left to confirm.
    let words =
      ["jointvae", "experiment", "run"] + runs.words + ["--yes", "--threads", "\(threads)"]
    return words.map(\.shellWord).joined(separator: " ")
  }
}
