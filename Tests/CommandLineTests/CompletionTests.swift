import Foundation
import TestSupport
import Testing

@Suite("What a shell offers, and manual pages")
struct CompletionTests {
  /// What a shell gets for the last of `words`, as its completion script asks.
  private func offers(_ program: Program, _ command: String, _ words: String) throws -> [String] {
    let all = words.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let output = try program.run(
      ["---completion", command, "--"] + [
        "positional@0", "\(all.count - 1)", "\(all.last?.count ?? 0)",
      ]
        + all)
    return output.standardOutput.split(separator: "\n").map(String.init)
  }

  @Test("Models, runs and files of weights complete a model")
  func models() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for path in ["runs/digits", "runs/other", "weights"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
      }
      for path in ["runs/digits/config.json", "m.safetensors", "m.txt"] {
        try "{}".write(toFile: "\(folder)/\(path)", atomically: true, encoding: .utf8)
      }
      #expect(
        try offers(program, "sample", "jointvae sample m")
          == ["math-symbols", "mnist", "m.safetensors"])
      #expect(try offers(program, "sample", "jointvae sample ru") == ["runs/", "runs/digits"])
      #expect(
        try offers(program, "sample", "jointvae sample runs/")
          == ["runs/digits", "runs/other/"])
      #expect(try offers(program, "sample", "jointvae sample wei") == ["weights/"])
      #expect(try offers(program, "train", "jointvae train em").count == 6)
      #expect(try offers(program, "train", "jointvae train m.t") == ["m.txt"])
    }
  }

  @Test("Scripts of all shells name commands and recipes")
  func scripts() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for shell in ["bash", "zsh", "fish"] {
        let script = try program.run(["--generate-completion-script", shell]).standardOutput
        for word in ["interpolate", "early-stop", "celeba"] {
          #expect(script.contains(word), "\(shell): \(word)")
        }
      }
    }
  }

  @Test("Each command has a manual page with its options")
  func manual() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      #expect(try program.run(["generate", "man", "--out", "man"]).exitCode == 0)
      let names = try fileNames(in: "\(folder)/man")
      #expect(names.contains("jointvae.1") && names.contains("jointvae-data-fetch.1"))
      #expect(!names.contains("jointvae-generate.1") && !names.contains("jointvae-help.1"))
      let page = try String(contentsOfFile: "\(folder)/man/jointvae-train.1", encoding: .utf8)
      #expect(page.hasPrefix(".TH JOINTVAE-TRAIN 1 "))
      #expect(page.contains(".SH NAME\njointvae\\-train \\- Train a model on a data set."))
      #expect(page.contains("\\-\\-early\\-stop <patience>"))
      #expect(page.contains(".SH ADVANCED: TRAINING"))
      // No line of text is taken for a request.
      let requests = [".TH", ".SH", ".B", ".BR", ".TP", ".PP", ".nf", ".fi"]
      for line in page.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
        #expect(requests.contains { line == $0 || line.hasPrefix("\($0) ") }, "\(line)")
      }
      #expect(try program.run(["generate", "man"]).exitCode == 64)
    }
  }
}
