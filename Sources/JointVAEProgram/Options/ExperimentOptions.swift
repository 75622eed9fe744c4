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

  /// The runs.
  /// - Throws: `FileError` naming what is wrong with the file.
  func plan() throws -> ExperimentPlan {
    try ExperimentPlan(Experiment(contentsOf: file), isQuick: quick, dataPath: data)
  }

  /// The folder of the runs' folders.
  func folder(of plan: ExperimentPlan) -> String {
    out ?? "runs/\(plan.experiment.name)" + (quick ? "-quick" : "")
  }

  /// The words that name the same runs in another call.
  var words: [String] {
    [file] + (quick ? ["--quick"] : [])
      + [("--out", out), ("--data", data)].flatMap { option, value in
        value.map { [option, $0] } ?? []
      }
  }
}
