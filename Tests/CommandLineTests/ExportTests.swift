import Foundation
import JointVAEFiles
import TestSupport
import Testing

/// Models and runs in the forms of other programs: ONNX, event files, model cards.
struct ExportTests {
  private func bytes(_ folder: String, _ name: String) -> Data? {
    FileManager.default.contents(atPath: "\(folder)/\(name)")
  }

  @Test("A model becomes two ONNX files, and the same file again")
  func onnx() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      let output = try program.run("convert", "run", "m.onnx", "--note", "author=A. Student")
      #expect(
        output.standardOutput
          == "m.encoder.onnx and m.decoder.onnx: 16x16x1, latents 2 + [4], the weights of "
          + "run/model.safetensors as ONNX\n")
      #expect(output.standardError == "")
      _ = try program.run("convert", "run", "a.safetensors", "--note", "author=A. Student")
      for name in ["m.encoder.onnx", "m.decoder.onnx", "m.onnx"] {
        let back = try program.run("convert", name, "b.safetensors", "--force")
        #expect(back.exitCode == 0, "\(back.standardError)")
        #expect(bytes(folder, "b.safetensors") == bytes(folder, "a.safetensors"))
      }
      // Every command that takes a model takes them; what has no place for names says so.
      for call in [
        "sample m.onnx -o samples.png", "reconstruct m.encoder.onnx shapes -o both.png --limit 50",
        "info m.decoder.onnx", "evaluate m.encoder.onnx shapes --limit 50",
        "evaluate run m.encoder.onnx --limit 50", "name m.onnx",
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.exitCode == 0, "\(call): \(output.standardError)")
      }
      let named = try program.run("name", "m.encoder.onnx", "0=x")
      #expect(named.exitCode == 1)
      #expect(named.standardError.contains("m.encoder.onnx: has no place for names"))
      try program.fails(
        "convert run m.onnx",
        "m.encoder.onnx: exists already; choose another name, or replace it with --force")
      try program.fails(
        "convert m.onnx m.encoder.onnx --force",
        "m.encoder.onnx: is the model to convert itself; choose another name")
      try program.fails(
        "convert run half.onnx --half",
        "file to write is half.onnx; expected a .safetensors file, which takes 16 bits")
      try program.fails(
        "convert run x.onnx --note Image.ColorSpaceGamma=Linear",
        "note is Image.ColorSpaceGamma; expected a name that ONNX files of models do not use themselves"
      )
      try FileManager.default.removeItem(atPath: "\(folder)/m.decoder.onnx")
      try program.fails(
        "convert m.encoder.onnx c.safetensors",
        "m.decoder.onnx: does not exist; expected it beside m.encoder.onnx, as a model needs encoder "
          + "and decoder")
      #expect(bytes(folder, "c.safetensors") == nil)
    }
  }

  @Test(
    "A full disk leaves neither half of a pair, no events and no card",
    .disabled(if: Sanitizer.isOn, "a sanitizer has large files of its own"))
  func fullDisk() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      for (limit, call, name) in [
        (200, "convert mnist digits.onnx", "digits.encoder.onnx"),
        (20, "convert run --tensorboard events", "events/"), (20, "card mnist -o card", "card/"),
      ] {
        let output = try program.shell("trap '' XFSZ; ulimit -f \(limit); jointvae \(call)")
        #expect(output.exitCode == 1, "\(call)")
        #expect(output.standardError.contains("Error: \(name)"), "\(output.standardError)")
        #expect(output.standardError.contains("cannot be written: File too large"))
        let left = try fileNames(in: folder)
        #expect(!left.contains { $0.contains("digits") || $0 == "events" }, "\(left)")
      }
      // The card's folder has what came before the disk was full, each file whole.
      #expect(bytes(folder, "card/README.md") == nil)
    }
  }

  @Test("A run is watched, killed, resumed and converted")
  func tensorboard() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let call = "train shapes --steps 30 --out run --tensorboard \(TrainTests.small)"
      let output = try program.run(TrainTests.call(call))
      #expect(output.exitCode == 0, "\(output.standardError)")
      func events(_ name: String) throws -> [String] {
        try fileNames(in: "\(folder)/\(name)").filter { $0.hasPrefix("events.out.tfevents.") }
      }
      #expect(try events("run/tensorboard").count == 1)
      // It goes on by itself.
      _ = try program.run(TrainTests.call("train --resume --out run --steps 40"))
      #expect(try events("run/tensorboard").count == 2)
      let converted = try program.run("convert", "run", "--tensorboard", "events")
      #expect(
        converted.standardOutput
          == "events: the events of run; look at them with: tensorboard --logdir events\n")
      #expect(converted.standardError == "")
      #expect(try events("events").count == 1)
      try program.fails(
        "convert run --tensorboard events",
        "events: holds the events of this run already; choose another name, or replace it with --force"
      )
      try program.fails(
        "convert run --tensorboard run",
        "run: holds other files; expected a new or empty folder")
      try program.fails(
        "convert mnist --tensorboard x",
        "mnist: is no run; expected a folder that train made, with its metrics.csv")
      _ = try program.run(
        TrainTests.call("train shapes --steps 1 --seed 5 --out other \(TrainTests.small)"))
      try program.fails(
        "convert other --tensorboard events --force",
        "events: holds the events of another run, with seed 1, not 5; choose another folder")
      for usage in [
        ["convert", "run"], ["convert", "run", "x.onnx", "--tensorboard", "y"],
        ["convert", "run", "--tensorboard", "y", "--half"],
      ] {
        #expect(try program.run(usage).exitCode == 64, "\(usage)")
      }
    }
  }

  @Test("Two starts in a run with --restarts, and one without, leave their events with it")
  func restarts() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let output = try program.run(
        TrainTests.call(
          "train shapes --steps 20 --restarts 2 --restart-steps 10 --out run --tensorboard "
            + TrainTests.small))
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(FileManager.default.fileExists(atPath: "\(folder)/run/tensorboard/sprite.png"))
    }
  }

  @Test("A model card has its front matter, its pictures and the weights beside it")
  func card() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 4 --out run \(TrainTests.small)"))
      let noted = try program.run("card", "run", "-o", "card")
      #expect(noted.exitCode == 0)
      #expect(
        noted.standardOutput == "card: README.md, model.safetensors and pictures of run\n")
      #expect(
        noted.standardError
          == "note: the license is unknown\nnote: there are no scores; make them with "
          + "jointvae evaluate run --json > run/evaluation.json\n")
      #expect(
        try fileNames(in: "\(folder)/card") == [
          "README.md", "model.safetensors", "reconstructions.png", "samples.png", "traversals.png",
        ])
      let scores = try program.run(
        TrainTests.call("evaluate run shapes --limit 50 --json"))
      try Data(scores.standardOutput.utf8).write(to: URL(filePath: "\(folder)/run/evaluation.json"))
      try program.fails(
        "card run -o card",
        "card/samples.png: exists already; choose another name, or replace it with --force")
      let full = try program.run(
        ["card", "run", "-o", "card", "--force", "--license", "MIT", "--name", "a \"b\" | c"])
      #expect(full.standardError == "")
      let page = String(decoding: try #require(bytes(folder, "card/README.md")), as: UTF8.self)
      for line in [
        "---\nlicense: mit\nlibrary_name: jointvae\n", "\n- name: \"a \\\"b\\\" | c\"\n",
        "\ndatasets:\n- \"shapes\"\n", "\n    - type: \"accuracy.majority\"\n",
        "\n# a \"b\" \\| c\n", "](samples.png)", "](traversals.png)", "](reconstructions.png)",
        "\n| recipe | shapes |\n",
      ] { #expect(page.contains(line), "\(line)") }
      for name in page.matches(of: /\]\((?<name>[a-z]+\.png)\)/).map(\.name) {
        #expect(bytes(folder, "card/\(name)") != nil)
      }
      let info = try program.run("info", "card/model.safetensors")
      #expect(info.standardOutput.contains("\nrecipe         shapes\n"))
      try program.fails(
        "card run -o other --license a/b",
        "license is \"a/b\"; expected an identifier such as mit, apache-2.0 or cc-by-4.0")
    }
  }

  @Test("The card of a model in the program has its notes and the names of its categories")
  func pretrainedCard() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run("card", "mnist", "-o", "card")
      #expect(output.standardError == "note: the license is unknown\n")
      let page = String(decoding: try #require(bytes(folder, "card/README.md")), as: UTF8.self)
      #expect(page.contains("license: unknown\n"))
      #expect(page.contains("| scores | one to one 0.979, majority 0.979"))
      #expect(page.contains("| category | name |\n|---|---|\n| 0 | 3 |"))
    }
  }
}
