import Foundation
import TestSupport
import Testing

/// Where results go: all of them, or an error.
@Suite(.serialized) struct OutputTests {
  /// Calls that print something and need nothing trained.
  static let calls = [
    "--help", "--version", "train --help", "help data", "--generate-completion-script bash",
    "data list", "data show shapes --limit 8", "info mnist", "generate settings", "data cache",
    "convert mnist x.pt --force", "evaluate shapes --limit 8 --json", "evaluate shapes --limit 8",
  ]

  @Test(
    "A full disk behind standard output is an error, for whatever is printed",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "no /dev/full"),
    arguments: calls)
  func full(_ call: String) throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      program.environment = ["XDG_CACHE_HOME": "\(folder)/cache"]
      let output = try program.shell("jointvae \(call) > /dev/full")
      #expect(output.exitCode == 1, "\(call)")
      #expect(
        output.standardError.hasSuffix(
          "Error: standard output: cannot be written: No space left on device\n"),
        "\(call): \(output.standardError)")
    }
  }

  @Test("A reader that leaves early is no error, and nothing is said", arguments: calls)
  func closedPipe(_ call: String) throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      program.environment = ["XDG_CACHE_HOME": "\(folder)/cache"]
      let output = try program.shell("(jointvae \(call); echo $? >&2) | true")
      let lines = output.standardError.split(separator: "\n")
      #expect(["0", "141"].contains(lines.last), "\(call): \(output.standardError)")
      #expect(!output.standardError.contains("rror"), "\(call): \(output.standardError)")
    }
  }

  @Test(
    "With descriptors closed at the start no text gets into a file, and the run goes on",
    arguments: [">&-", "2>&-", "<&- >&- 2>&-"])
  func closedDescriptors(_ closed: String) throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let call = "jointvae train shapes --epochs 2 --log-every 1 --out run \(TrainTests.small)"
      #expect(try program.shell("\(call) \(closed)").exitCode == 0)
      for name in ["metrics.csv", "epochs.csv"] {
        let text = try String(contentsOfFile: "\(folder)/run/\(name)", encoding: .utf8)
        let lines = text.split(separator: "\n").dropFirst()
        #expect(!lines.isEmpty && lines.allSatisfy { $0.first?.isNumber == true }, "\(name)")
      }
      let more = try program.shell(
        "jointvae train --resume --out run --epochs 3 \(closed) && jointvae info run")
      #expect(more.exitCode == 0)
      #expect(more.standardOutput.contains("\nstep "))
    }
  }

  @Test("No file and no argument controls the terminal")
  func controls() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let escape = "\u{1B}]0;owned\u{7}\u{9B}31m\u{202E}"
      let noted = try program.run([
        "convert", "shapes", "model.safetensors", "--note", "author=A\(escape)\nB",
        "--note", "\(escape)=x", "--note", "long=\(String(repeating: "y", count: 10_000))",
      ])
      #expect(noted.exitCode == 0, "\(noted.standardError)")
      try PackedImages().writeFolder("\(folder)/photos")
      try FileManager.default.moveItem(
        atPath: "\(folder)/photos/a", toPath: "\(folder)/photos/a\(escape)\nb")
      try Data("base: {dataset: \"\(escape)\"}\n".utf8)
        .write(to: URL(filePath: "\(folder)/bad.yaml"))
      var outputs = [noted]
      for call in [
        ["info", "model.safetensors"], ["info", "no\(escape)"], ["data", "show", "photos"],
        ["evaluate", "model.safetensors", "photos", "--limit", "20"],
        ["evaluate", "model.safetensors", "photos", "--limit", "20", "--json"],
        ["train", "x\(escape)"], ["data", "show", "photos", "--split", escape],
        ["experiment", "run", "bad.yaml"], ["report", escape, "-o", "page.html"],
        ["--\(escape)"], [escape], ["data", "fetch", escape],
      ] {
        outputs.append(try program.run(call))
      }
      for output in outputs {
        for text in [output.standardOutput, output.standardError] {
          #expect(
            !text.unicodeScalars.contains {
              "\u{1B}\u{7}\u{9B}\u{202E}".unicodeScalars.contains($0)
            })
        }
      }
      let info = outputs[1].standardOutput
      #expect(info.contains("A\\u001b]0;owned\\u0007\\u009b31m\\u202e\\u000aB\n"))
      #expect(info.split(separator: "\n").allSatisfy { $0.count < 1000 })
      let json = try #require(
        JSONSerialization.jsonObject(with: Data(outputs[5].standardOutput.utf8)) as? [String: Any])
      #expect(json["schema"] != nil)
    }
  }
}
