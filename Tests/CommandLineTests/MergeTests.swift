import Foundation
import JointVAEImages
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

  @Test("Samples of a group show each of its categories in turn")
  func variants() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let merged = try program.run(
        "merge", "mnist", "--categories", "7", "--dataset", "shapes", "--limit", "60", "-o",
        "merged.safetensors")
      #expect(merged.exitCode == 0, "\(merged.standardError)")
      let groups = merged.standardOutput.split(separator: "\n").dropFirst().map { line in
        line.split(separator: " ").dropFirst().compactMap { Int($0) }
      }
      #expect(groups.count == 7 && groups.flatMap(\.self).sorted() == Array(0..<10))
      let options = [
        "--count", "6", "--columns", "6", "--seed", "5", "--scale", "1", "-o", "x.png",
      ]
      func tiles(_ model: String, _ category: Int) throws -> (tiles: [[UInt8]], text: String) {
        let output = try program.run(["sample", model, "--category", "\(category)"] + options)
        #expect(output.exitCode == 0, "\(output.standardError)")
        let image = try Image(pngAt: "\(folder)/x.png")
        let width = image.width / 6
        var tiles = [[UInt8]](repeating: [], count: 6)
        for y in 0..<image.height {
          for x in 0..<6 * width { tiles[x / width].append(image[x: x, y: y, channel: 0]) }
        }
        return (tiles, output.standardOutput)
      }
      let single = try (0..<10).map { try tiles("mnist", $0).tiles }
      #expect(Set(single.map { $0[0] }).count == 10)
      for (group, categories) in groups.enumerated() {
        let (drawn, text) = try tiles("merged.safetensors", group)
        for (place, tile) in drawn.enumerated() {
          #expect(tile == single[categories[place % categories.count]][place])
        }
        #expect(text.contains("variants") == (categories.count > 1))
      }
    }
  }

  @Test("compares several models by their groups, and refuses a model that has too few categories")
  func several() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let few = "train shapes --image-size 32 --limit 64 --steps 4 --batch-size 16 --out few"
      _ = try program.run(TrainTests.call(few + " --discrete 3"))
      let output = try program.run(
        "evaluate", "mnist", "fashion-mnist", "shapes", "shapes", "--limit", "60", "--merge", "3",
        "--json")
      #expect(output.exitCode == 0, "\(output.standardError)")
      let report = try #require(
        JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8)) as? [String: Any])
      let runs = try #require(report["runs"] as? [[String: Any]])
      #expect(runs.count == 3)
      var accuracies: [Double] = []
      for run in runs {
        let scores = try #require(run["merged"] as? [String: Any])
        let groups = try #require((scores["groups"] as? [String: Any])?["groups"] as? [Int])
        #expect(Set(groups) == [0, 1, 2])
        #expect((scores["counts"] as? [Int])?.reduce(0, +) == 60)
        let accuracy = try #require(scores["accuracy"] as? [String: Any])
        accuracies.append(try #require(accuracy["majority"] as? Double))
      }
      let table = try program.run(
        "evaluate", "mnist", "fashion-mnist", "shapes", "shapes", "--limit", "60", "--merge", "3")
      let line = table.standardOutput.split(separator: "\n").first {
        $0.hasPrefix("merged.majority ")
      }
      let mean = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? -1
      #expect(abs(mean - accuracies.reduce(0, +) / 3) < 1e-4, "\(table.standardOutput)")
      let refused = try program.run(
        "evaluate", "mnist", "few", "shapes", "--limit", "60", "--merge", "3")
      #expect(refused.exitCode == 1)
      #expect(refused.standardError.contains("from 2 to 2"), "\(refused.standardError)")
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
