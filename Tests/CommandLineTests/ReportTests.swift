import Foundation
import TestSupport
import Testing

/// Reports through the program.
@Suite(.serialized)
struct ReportTests {
  @Test("A run leaves a report, and several make one that names what it lacks")
  func report() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for seed in 1...2 {
        let run = "run-\(seed)"
        let trained = try program.run(
          TrainTests.call("train shapes --steps 2 --seed \(seed) --out \(run) \(TrainTests.small)"))
        #expect(trained.exitCode == 0)
        let page = try String(contentsOfFile: "\(folder)/\(run)/report.html", encoding: .utf8)
        #expect(page.contains("<title>Run \(run) on shapes</title>"))
      }
      let scored = try program.shell(
        "jointvae evaluate run-1 --limit 50 --json > run-1/evaluation.json")
      #expect(scored.exitCode == 0)
      let output = try program.run(
        "report", "run-1", "run-2/", "-o", "both.html", "--title", "A & B")
      #expect(output.exitCode == 0)
      #expect(output.standardOutput == "")
      #expect(
        output.standardError
          == "note: run-2: has no scores yet; make them with "
          + "jointvae evaluate run-2 --json > run-2/evaluation.json\n")
      let page = try String(contentsOfFile: "\(folder)/both.html", encoding: .utf8)
      #expect(page.contains("<title>A &amp; B</title>"))
      #expect(page.contains("<td class=\"number\">1 of 2</td>"))
    }
  }

  @Test(
    "A damaged file is listed as an error, and the exit code is 1",
    arguments: ["config.json", "metrics.csv", "summary.json", "samples.png", "traversals.gif"])
  func damaged(_ name: String) throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let trained = try program.run(
        TrainTests.call("train shapes --steps 2 --out run \(TrainTests.small)"))
      #expect(trained.exitCode == 0)
      #expect(try program.run("report", "run", "-o", "page.html").exitCode == 0)
      try Data("{".utf8).write(to: URL(filePath: "\(folder)/run/\(name)"))
      let output = try program.run("report", "run", "-o", "page.html")
      #expect(output.exitCode == 1)
      let errors = output.standardError.split(separator: "\n").filter { $0.hasPrefix("error: ") }
      #expect(errors.count == 1 && errors[0].contains("run/\(name)"), "\(output.standardError)")
    }
  }

  @Test("Nothing to show is an error, and leaves no file")
  func nothing() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try program.fails(
        "report gone -o page.html",
        "gone: holds nothing to show; name folders that train made. First problem: "
          + "gone: is no folder; the run was deleted or has not begun")
      let usage = try program.run("report", "gone", "-o", "page.pdf")
      #expect(
        usage.standardError.contains(
          "--output is page.pdf; expected a name that ends in .html or .htm."))
      #expect(usage.exitCode == 64)
      #expect(try program.run("report", "-o", "page.html").exitCode == 64)
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }
}
