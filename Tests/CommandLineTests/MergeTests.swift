import Foundation
import TestSupport
import Testing

@Suite("jointvae merge")
struct MergeTests {
  @Test("groups the categories of a run, and everything that reads models knows the groups")
  func merge() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let train =
        "train shapes --image-size 16 --limit 200 --steps 20 --batch-size 16 --discrete 6 --out run"
      _ = try program.run(TrainTests.call(train))
      let merged = try program.run("merge", "run", "--categories", "3")
      #expect(merged.exitCode == 0, "\(merged.standardError)")
      let lines = merged.standardOutput.split(separator: "\n")
      #expect(
        lines.first
          == "run-merged.safetensors: 6 categories of c0 as 3, found on 200 images (train)")
      let categories = lines.dropFirst().flatMap { $0.split(separator: " ").dropFirst() }
      #expect(lines.count == 4 && categories.map { Int($0) ?? -1 }.sorted() == Array(0..<6))

      let scores = try program.run("evaluate", "run-merged.safetensors", "shapes", "--limit", "50")
      #expect(scores.standardOutput.contains("merged           6 categories of c0 as 3: 0."))
      #expect(scores.standardOutput.contains("(rows) and merged category of c0 (columns)"))
      let info = try program.run("info", "run-merged.safetensors").standardOutput
      #expect(info.contains("category_groups  c0: 0"))
      let codes = try program.run(
        "encode", "run-merged.safetensors", "shapes", "--limit", "5", "-o", "codes.csv")
      #expect(codes.exitCode == 0, "\(codes.standardError)")
      let table = try String(contentsOfFile: "\(folder)/codes.csv", encoding: .utf8)
      #expect(table.split(separator: "\n")[0].contains("category.0,group.0,"))

      let sample = try program.run(
        "sample", "run-merged.safetensors", "--category", "2", "-o", "two.png")
      #expect(sample.exitCode == 0, "\(sample.standardError)")
      let missing = try program.run(
        "sample", "run-merged.safetensors", "--category", "3", "-o", "three.png")
      #expect(missing.standardError.contains("a number from 0 to 2"), "\(missing.standardError)")
    }
  }

  @Test("refuses what cannot be merged, and writes nothing")
  func refusals() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for (options, words) in [
        (["--categories", "1"], "expected from 2 to 3, as c0 has 4 categories"),
        (["--categories", "4"], "expected from 2 to 3, as c0 has 4 categories"),
        (["--categories", "2", "--variable", "1"], "expected one of c0 with 4 categories"),
        (["--categories", "2", "-o", "x.png"], "safetensors"),
      ] {
        let output = try program.run(
          ["merge", "shapes", "--dataset", "shapes", "--limit", "50"] + options)
        #expect(output.exitCode != 0)
        #expect(output.standardError.contains(words), "\(output.standardError)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
      let evaluated = try program.run(
        "evaluate", "shapes", "shapes", "--limit", "50", "--merge", "9")
      #expect(evaluated.standardError.contains("from 2 to 3"), "\(evaluated.standardError)")
    }
  }
}
