import Foundation
import TestSupport
import Testing

/// Models that come with the program, by their names.
@Suite(.serialized)
struct PretrainedTests {
  @Test("Every command that takes a model takes a name, in a folder without anything else")
  func commands() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for call in [
        "sample mnist -o samples.png --category 3", "traverse mnist -o all.png --show-kl",
        "traverse fashion-mnist -o grid.png --grid z0,c0", "info arabic-characters",
        "reconstruct shapes shapes -o both.png --count 4 --limit 50",
        "convert az-letters letters.pt", "evaluate shapes --limit 50",
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.standardError == "", "\(call)")
        #expect(output.exitCode == 0, "\(call)")
      }
      let info = try program.run("info", "mnist").standardOutput
      #expect(info.hasPrefix("model          mnist\n"))
      for line in ["\ndata set       mnist\n", "\nscores ", "\ncommand ", "\nlatents by KL  "] {
        #expect(info.contains(line))
      }
    }
  }

  @Test("The card of the shapes says what they score")
  func scores() throws {
    struct Evaluation: Decodable {
      struct Accuracy: Decodable { var oneToOne: Double }
      var accuracy: Accuracy
      var reconstruction: Double
    }
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let json = try program.run("evaluate", "shapes", "--json").standardOutput
      let measured = try JSONDecoder().decode(Evaluation.self, from: Data(json.utf8))
      let info = try program.run("info", "shapes").standardOutput
      let scores = try #require(info.split(separator: "\n").first { $0.hasPrefix("scores ") })
      let accuracy = String(format: "%.3f", measured.accuracy.oneToOne)
      #expect(scores.contains("one to one \(accuracy)"))
      // The last place of a sum over pixels may differ on another instruction set.
      let words = scores.split(separator: " ")
      let unit = try #require(words.firstIndex(of: "nats"))
      let nats = try #require(Double(words[unit - 1]))
      #expect(abs(nats - measured.reconstruction) < 0.1)
    }
  }

  @Test("A run of that name comes first, a folder that is none does not hide it")
  func precedence() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      try FileManager.default.createDirectory(
        atPath: "\(folder)/mnist", withIntermediateDirectories: true)
      #expect(try program.run("info", "mnist").standardOutput.contains("10 + [10]"))
      _ = try program.run(
        TrainTests.call("train shapes --steps 1 --out shapes \(TrainTests.small)"))
      let info = try program.run("info", "shapes").standardOutput
      #expect(info.contains("\nlatents        2 + [4]\n"))
    }
  }
}
