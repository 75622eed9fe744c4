import Foundation
import JointVAEFiles
import TestSupport
import Testing

@Suite("Samples of the aggregate posterior")
struct FitTests {
  private static func bytes(_ file: String, in program: Program) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(program.folder)/\(file)"))
  }

  @Test("A run holds it, sample draws from it, and a converted model takes it along")
  func run() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 4 --out run \(TrainTests.small)"))
      let shown = try program.run("info", "run")
      #expect(
        shown.standardOutput.contains(
          #/\nposterior +[0-9]+ components?, which sample draws from\n/#))
      let drawn = try program.run("sample", "run", "-o", "a.png")
      #expect(drawn.standardOutput == "a.png: 64 images from the aggregate posterior\n")
      let prior = try program.run("sample", "run", "--from", "prior", "-o", "b.png")
      #expect(prior.standardOutput == "b.png: 64 images\n")
      _ = try program.run("convert", "run", "run.safetensors")
      _ = try program.run("sample", "run.safetensors", "-o", "c.png")
      #expect(try Self.bytes("a.png", in: program) == Self.bytes("c.png", in: program))
      #expect(try Self.bytes("a.png", in: program) != Self.bytes("b.png", in: program))

      for model in ["run", "run.safetensors"] {
        let fitted = try program.run(TrainTests.call("fit \(model) shapes --limit 90"))
        #expect(fitted.exitCode == 0, "\(fitted.standardError)")
        #expect(
          fitted.standardOutput.contains(
            #/^run(\.safetensors)?: the aggregate posterior has [0-9]+ components?, from 90 images\n$/#
          ),
          "\(fitted.standardOutput)")
      }
      _ = try program.run("sample", "run", "-o", "d.png")
      _ = try program.run("sample", "run.safetensors", "-o", "e.png")
      #expect(try Self.bytes("d.png", in: program) == Self.bytes("e.png", in: program))
      #expect(try Self.bytes("d.png", in: program) != Self.bytes("a.png", in: program))
      let scores = try program.run(
        TrainTests.call("evaluate run --scores samples --limit 60 --json"))
      for name in ["precision/pixels", "precision/pixels/aggregate"] {
        #expect(scores.standardOutput.contains("\"\(name)\""), "\(scores.standardError)")
      }
    }
  }

  @Test("A file of 16 bits stays one, with what it drew before from the prior")
  func half() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run("convert", "shapes", "half.safetensors", "--half")
      let before = try Self.bytes("half.safetensors", in: program).count
      _ = try program.run("sample", "half.safetensors", "--from", "prior", "-o", "a.png")
      let fitted = try program.run(TrainTests.call("fit half.safetensors shapes --limit 90"))
      #expect(fitted.exitCode == 0, "\(fitted.standardError)")
      _ = try program.run("name", "half.safetensors", "0=first")
      #expect(try Self.bytes("half.safetensors", in: program).count < before * 11 / 10)
      _ = try program.run("sample", "half.safetensors", "--from", "prior", "-o", "b.png")
      #expect(try Self.bytes("a.png", in: program) == Self.bytes("b.png", in: program))
    }
  }

  @Test("Without it, with another model's, and in a file that has no place for it")
  func refused() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 2 --out run \(TrainTests.small)"))
      for (text, words) in [
        ("{", "aggregate_posterior: "),
        (#"{"components": []}"#, "aggregate_posterior has 0 components; expected from 1 to 100"),
        (
          #"{"components": [{"categories": [9], "weight": 1, "mean": [0], "factor": [1]}]}"#,
          "aggregate_posterior has component 0 of the categories [9]; the latents are "
        ),
      ] {
        try AtomicFile.write(text, to: "\(folder)/run/posterior.json")
        let output = try program.run("sample", "run", "-o", "none.png")
        #expect(output.exitCode == 1)
        #expect(output.standardError.contains(words), "\(output.standardError)")
        #expect(output.standardError.hasSuffix("fit it with jointvae fit MODEL DATASET\n"))
        #expect(try program.run("sample", "run", "--from", "prior", "-o", "x.png").exitCode == 0)
      }
      try AtomicFile.remove("\(folder)/run/posterior.json")
      let missing = try program.run("sample", "run", "--from", "aggregate", "-o", "none.png")
      #expect(missing.exitCode == 1)
      #expect(
        missing.standardError
          == "Error: run: does not hold the aggregate posterior; fit it with jointvae fit MODEL DATASET\n"
      )
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/none.png"))
      let bundled = try program.run("fit", "mnist", "shapes", "--limit", "60")
      #expect(bundled.exitCode == 1)
      #expect(bundled.standardError.contains("mnist: has no place for the distribution of codes"))
    }
  }
}
