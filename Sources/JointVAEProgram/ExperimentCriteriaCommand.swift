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

  @OptionGroup
  var runs: ExperimentOptions

  @Option(
    parsing: .unconditional, help: "Threads; never changes a result. (default: one a core)")
  var threads: Int?

  func validate() throws {
    if let threads { try Parsing.requirePositive(("--threads", threads)) }
  }

  func run() throws {
    let plan = try runs.plan()
    let runner = ExperimentRunner(
      plan, in: runs.folder(of: plan), catalog: Environment.catalog(threads: threads),
      compute: try Environment.compute(threads: threads))
    try StandardOutput.write(runner.criteria().text)
  }
}
