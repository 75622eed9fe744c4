import ArgumentParser
import JointVAEExperiments
import JointVAEFiles

struct ExperimentCriteriaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "criteria",
    abstract: "Measure how well seeds can be chosen without labels.",
    discussion: """
      train --restarts chooses a seed by the loss, by UDR or by the agreement of categories (--choose). This command compares \
      these choices on the runs of an experiment that are trained and measured. For each measure it prints how the chosen \
      seed does beside the mean seed and the best one, and how the criterion ranks the seeds. It trains nothing.

        jointvae experiment criteria Experiments/family-shapes.yaml
      """)

  @Argument(help: "The experiment file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "The folder of the runs. (default: runs/NAME, or runs/NAME-quick)")
  var out: String?

  @Option(help: "The data set's files, in place of those that FILE names.")
  var data: String?

  @Option(
    parsing: .unconditional, help: "Threads; never changes a result. (default: one a core)")
  var threads: Int?

  @Flag(help: "Compare the runs of the quick version.")
  var quick = false

  func validate() throws {
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
  }

  func run() throws {
    let experiment = try Experiment(contentsOf: file)
    let plan = try ExperimentPlan(experiment, isQuick: quick, dataPath: data)
    let runner = ExperimentRunner(
      plan, in: ExperimentRunCommand.folder(of: experiment, out: out, isQuick: quick),
      catalog: Environment.catalog(threads: threads),
      compute: try Environment.compute(threads: threads))
    try StandardOutput.write(runner.criteria().text)
  }
}
