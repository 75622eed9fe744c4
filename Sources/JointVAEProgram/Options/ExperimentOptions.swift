import ArgumentParser
import JointVAEExperiments

/// Which runs of which experiment.
struct ExperimentOptions: ParsableArguments {
  @Argument(help: "The experiment file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @Option(help: "The folder of the runs. (default: runs/NAME, or runs/NAME-quick)")
  var out: String?

  @Option(help: "The data set's files, in place of those that FILE names.")
  var data: String?

  @Flag(help: "Take the quick version, with the settings under the key quick of FILE.")
  var quick = false

  @Option(
    help: ArgumentHelp(
      "Random seeds in place of those that FILE lists, such as 1 or 1,2,3. Each has runs of its own, so that another call "
        + "adds seeds to those that are trained.", valueName: "seed,..."),
    transform: Parsing.seeds)
  var seeds: [UInt64]?

  /// The runs.
  /// - Throws: `FileError` naming what is wrong with the file.
  func plan() throws -> ExperimentPlan {
    try ExperimentPlan(Experiment(contentsOf: file), isQuick: quick, dataPath: data, seeds: seeds)
  }

  /// The folder of the runs' folders.
  func folder(of plan: ExperimentPlan) -> String {
    out ?? "runs/\(plan.experiment.name)" + (quick ? "-quick" : "")
  }

  /// The words that name the same runs in another call.
  var words: [String] {
    [file] + (quick ? ["--quick"] : [])
      + [
        ("--seeds", seeds.map { $0.map(String.init).joined(separator: ",") }), ("--out", out),
        ("--data", data),
      ].flatMap { option, value in value.map { [option, $0] } ?? [] }
  }
}
