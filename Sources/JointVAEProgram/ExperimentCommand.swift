import ArgumentParser
import JointVAE
import JointVAEExperiments
import JointVAERuns

struct ExperimentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "experiment", abstract: "Compare settings: train, measure and report them all.",
    subcommands: [
      ExperimentRunCommand.self, ExperimentCriteriaCommand.self, ExperimentScriptCommand.self,
    ])
}

struct ExperimentRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train and measure every run that an experiment file describes.",
    discussion: """
      FILE is a YAML file with settings, which have the names of the options of train, and lists of values to compare. \
      Experiments/ holds examples, and docs/experiments.md describes the format. Every run has a folder of its own in \
      --out, named by its settings. It holds the files that train writes, and evaluation.json. At the end the command \
      prints a table of means and standard deviations over the seeds, with intervals of the means, and writes report.html, \
      accuracy.svg and scores.svg to --out.

        jointvae experiment run Experiments/losses-four-shapes.yaml --dry-run
        jointvae experiment run Experiments/losses-four-shapes.yaml --quick --jobs 2

      Started by mpirun or srun, the command shares the runs with all ranks (docs/scale.md). Each rank trains --jobs runs at \
      once.

        mpirun -n 4 jointvae experiment run Experiments/losses-four-shapes.yaml

      The same command continues an experiment that was stopped, and repeats no finished run. Ctrl-C ends the current \
      steps, writes checkpoints and exits with 130 (SIGTERM: 143). A run that fails does not stop the others; the exit \
      code is then 1.
      """)

  @OptionGroup
  var runs: ExperimentOptions

  @Option(
    parsing: .unconditional, help: "Runs to train at once, each with its share of the threads.")
  var jobs = 1

  @Option(
    parsing: .unconditional,
    help: "Threads of all runs together; never changes a result. (default: one a core)")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Train and measure only this run: its name, or its number from 1 in the list of --dry-run.",
      valueName: "run"))
  var only: String?

  @Flag(help: "Only print the runs and an estimate of their time, from a short measurement.")
  var dryRun = false

  @Flag(help: "Begin even more than \(ExperimentPlan.usualRunLimit) runs.")
  var yes = false

  func validate() throws {
    try Parsing.requirePositive(("--jobs", jobs))
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
    if only != nil, dryRun {
      throw ValidationError("--only and --dry-run exclude each other; give one of them.")
    }
  }

  func run() throws { try FolderAdvice.experiment.added(to: runExperiment) }

  /// The runs of the file, with what they may use of this machine.
  func makeRunner(jobs: Int, threads: Int?, isQuiet: Bool = false) throws -> ExperimentRunner {
    let plan = try runs.plan()
    try plan.requireUsualSize(isConfirmed: yes || dryRun || only != nil)
    return ExperimentRunner(
      plan, in: runs.folder(of: plan),
      catalog: Environment.catalog(threads: threads, isQuiet: isQuiet), jobs: jobs,
      compute: try Environment.compute(threads: threads))
  }

  private func runExperiment() throws {
    if let call = RankWork.call { return try run(call) }
    if RankWork.isThere, !dryRun { return try shareRuns() }
    let runner = try makeRunner(jobs: jobs, threads: threads)
    if dryRun {
      if !RankWork.isSilent { try StandardOutput.print(PlanEstimate(runner).text) }
      return
    }
    let chosen = try only.map { [try runner.plan.index(of: $0)] }
    let terminal = Terminal()
    // Lines of several runs would run into each other.
    let showsProgress = runner.jobs == 1
    // Made before the threads of the runs, which inherit that signals wait.
    let stop = StopSignal()
    let release = stop.release
    let result = try runner.run(
      only: chosen,
      observers: { run in
        guard showsProgress else { return [release] }
        let progress = ProgressReporter()
        progress.introduce(run)
        return [release, progress]
      }, isStopRequested: stop.wasRequested
    ) { terminal.write($0.text + "\n") }
    stop.acceptAndRestore()
    try close(runner, result, stop: stop, terminal)
  }

  /// Writes and prints what came of all runs.
  func close(
    _ runner: ExperimentRunner, _ result: ExperimentResult, stop: StopSignal, _ terminal: Terminal
  ) throws {
    if only != nil {
      // The others may be under way elsewhere; their report is theirs to write that come last.
      try StandardOutput.print(result.closing(folder: runner.folder, call: call))
      if result.wasStopped, let signal = stop.request { throw ExitCode(128 + signal) }
      if result.failureCount > 0 { throw ExitCode.failure }
      return
    }
    var hasReport = true
    do {
      let missing = try ExperimentReport(runner.plan, in: runner.folder).write(in: runner.folder)
      for remark in missing { terminal.write("report: \(remark)\n") }
    } catch {
      // The numbers are worth printing all the same.
      terminal.write("report: \(error)\n")
      hasReport = false
    }
    try StandardOutput.print(ExperimentTable(runner.plan, result).text())
    if let times = times(runner, result, terminal) { try StandardOutput.print(times) }
    try StandardOutput.print(result.closing(folder: runner.folder, call: call))
    if result.wasStopped, let signal = stop.request { throw ExitCode(128 + signal) }
    if result.failureCount > 0 || !hasReport { throw ExitCode.failure }
  }

  /// How long the runs trained; nil where a log is damaged, which takes nothing from what was measured.
  private func times(
    _ runner: ExperimentRunner, _ result: ExperimentResult, _ terminal: Terminal
  ) -> String? {
    do {
      return try ExperimentTimes(runner.plan, result, in: runner.folder).text
    } catch {
      terminal.write("times: \(error)\n")
      return nil
    }
  }

  /// What goes on with this experiment.
  private var call: String {
    var words = ["jointvae experiment run"] + runs.words
    if jobs != 1 { words += ["--jobs", "\(jobs)"] }
    if yes { words.append("--yes") }
    if let only { words += ["--only", only] }
    return words.joined(separator: " ")
  }
}
