import Foundation
import TestSupport
import Testing

struct HelpTests {
  /// Commands, and where the words stand that their help must have.
  static let commands: [(arguments: [String], file: String)] = [
    ([], "jointvae"), (["train"], "train"), (["sample"], "sample"),
    (["reconstruct"], "reconstruct"), (["interpolate"], "interpolate"), (["traverse"], "traverse"),
    (["evaluate"], "evaluate"),
    (["explore"], "explore"), (["report"], "report"), (["name"], "name"), (["models"], "models"),
    (["info"], "info"), (["encode"], "encode"), (["fit"], "fit"),
    (["merge"], "merge"), (["convert"], "convert"),
    (["card"], "card"),
    (["data"], "data"),
    (["data", "list"], "data-list"), (["data", "show"], "data-show"),
    (["data", "cache"], "data-cache"),
    (["data", "fetch"], "data-fetch"),
    (["suggest-capacity"], "suggest-capacity"), (["loss-chart"], "loss-chart"),
    (["experiment"], "experiment"),
    (["experiment", "run"], "experiment-run"),
    (["experiment", "criteria"], "experiment-criteria"),
    (["experiment", "script"], "experiment-script"), (["bench"], "bench"),
  ]

  private static func path(_ name: String) -> String {
    "\(SharedFiles.packageFolder)/Tests/CommandLineTests/Expected/\(name).txt"
  }

  @Test("The help of every command, to the letter", arguments: commands)
  func help(arguments: [String], file: String) throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(arguments + ["--help"])
      let expected = try String(contentsOfFile: Self.path(file), encoding: .utf8)
      #expect(output.standardOutput == expected)
      #expect(output.standardError == "")
      #expect(output.exitCode == 0)
    }
  }

  @Test("The version is a line")
  func version() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run("--version")
      #expect(output.standardOutput == "1.0.0-rc.1\n")
      #expect(output.exitCode == 0)
    }
  }

  @Test("The known data sets are listed")
  func list() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run("data", "list")
      #expect(
        output.standardOutput
          == (try String(contentsOfFile: Self.path("data-list-output"), encoding: .utf8)))
      #expect(output.exitCode == 0)
    }
  }
}
