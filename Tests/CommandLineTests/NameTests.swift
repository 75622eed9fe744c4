import Foundation
import TestSupport
import Testing

@Suite("Names of categories, and commands that are found by what was meant")
struct NameTests {
  @Test("Names stay with a model file, and sample --class takes them")
  func names() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let shown = try program.run(["name", "mnist"])
      #expect(shown.standardOutput.hasPrefix("0  3\n1  8\n2  9\n3  4\n"))
      let refused = try program.run(["name", "mnist", "0=three"])
      #expect(refused.exitCode == 1)
      #expect(refused.standardError.contains("mnist: has no place for names"))

      _ = try program.run(["convert", "mnist", "own.safetensors"])
      let named = try program.run(["name", "own.safetensors", "0=three", "4=a, b"])
      #expect(named.exitCode == 0, "\(named.standardError)")
      #expect(named.standardOutput.hasPrefix("0  three\n1  8\n2  9\n3  4\n4  a, b\n5  1\n"))
      #expect(try program.run(["name", "own.safetensors"]).standardOutput == named.standardOutput)

      // The same category, whatever it is called.
      for (name, file) in [("three", "a.png"), ("A, B", "b.png")] {
        let drawn = try program.run(
          ["sample", "own.safetensors", "--class", name, "--count", "4", "-o", file])
        #expect(drawn.exitCode == 0, "\(drawn.standardError)")
      }
      _ = try program.run(["sample", "mnist", "--category", "0", "--count", "4", "-o", "c.png"])
      func bytes(_ file: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(folder)/\(file)"))
      }
      #expect(try bytes("a.png") == bytes("c.png") && bytes("b.png") != bytes("c.png"))

      let unknown = try program.run(["sample", "own.safetensors", "--class", "tree"])
      #expect(unknown.exitCode == 1)
      #expect(unknown.standardError.contains("class is \"tree\"; expected one of \"1\", "))
      #expect(unknown.standardError.contains("did you mean \"three\"?"))
      let outside = try program.run(["name", "own.safetensors", "10=ten"])
      #expect(outside.standardError.contains("category is 10; expected a number from 0 to 9"))
    }
  }

  @Test("A run keeps names beside its model, from a data set with labels")
  func run() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 2 --out run \(TrainTests.small)"))
      let named = try program.run(
        TrainTests.call("name run --dataset shapes --limit 40"))
      #expect(named.exitCode == 0, "\(named.standardError)")
      let words = ["triangle", "circle", "square", "star", "-"]
      let lines = named.standardOutput.split(separator: "\n").map { $0.split(separator: " ") }
      #expect(lines.allSatisfy { $0.count == 2 && words.contains(String($0[1])) })
      #expect(FileManager.default.fileExists(atPath: "\(folder)/run/names.json"))
      _ = try program.run(["convert", "run", "run.safetensors"])
      #expect(
        try program.run(["name", "run.safetensors"]).standardOutput == named.standardOutput)
    }
  }

  @Test("A picture needs no name of its own, and says where it is")
  func pictures() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let samples = try program.run(["sample", "mnist", "--category", "3"])
      #expect(
        samples.standardOutput
          == "mnist-samples.png: 64 images from the aggregate posterior; category 3 is named \"4\"\n"
      )
      let traversals = try program.run(["traverse", "shapes"])
      #expect(traversals.standardOutput == "shapes-traversals.png: what each latent does\n")
      #expect(try fileNames(in: folder) == ["mnist-samples.png", "shapes-traversals.png"])
    }
  }

  @Test("The models are listed with what they draw")
  func models() throws {
    try withTemporaryFolder { folder in
      let lines = try Program(in: folder).run(["models"]).standardOutput.split(separator: "\n")
      #expect(lines.count == 8)
      #expect(
        lines.contains {
          $0.hasPrefix("mnist") && $0.contains("32x32x1") && $0.contains("3, 8, 9, 4, 0")
            && $0.contains("one to one 0.979")
        })
    }
  }
}
