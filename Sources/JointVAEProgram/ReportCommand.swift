import ArgumentParser
import JointVAEReport
import JointVAERuns

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Show runs on one page.",
    discussion: """
      The page is a single file that any browser opens without a network. It holds pictures, animations, curves, scores \
      and settings. Runs that differ in their seed alone form a group. The page compares groups by means, standard \
      deviations and the best run.

      Scores come from evaluation.json in a run's folder; write it with jointvae evaluate RUN --json > RUN/evaluation.json. \
      The page and standard error list what is missing. A damaged file is listed as well, and the exit code is then 1.

        jointvae report runs/demo -o demo.html
        jointvae report runs/seed-1 runs/seed-2 runs/seed-3 -o seeds.html
      """)

  @Argument(help: "Folders that train made.", completion: Completions.runs)
  var runs: [String]

  @Option(name: .shortAndLong, help: "The .html file to write.")
  var output: String

  @Option(help: "The page's heading. (default: what the runs are)")
  var title: String?

  func validate() throws {
    try Parsing.requireExtension(["html", "htm"], of: output)
  }

  func run() throws {
    var request = ReportRequest(comparing: runs.map { RunFolder($0) }, title: title)
    request.evaluationCommand = EvaluateCommand.storingScores(of:)
    let remarks = try HTMLReport(request).write(to: output)
    let terminal = Terminal()
    for remark in remarks { terminal.write("\(remark.isDamage ? "error" : "note"): \(remark)\n") }
    if remarks.contains(where: \.isDamage) { throw ExitCode.failure }
  }
}
