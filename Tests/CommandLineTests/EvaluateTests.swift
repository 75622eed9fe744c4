import Foundation
import JointVAEImages
import TestSupport
import Testing

/// Models measured through the program.
@Suite(.serialized)
struct EvaluateTests {
  static let published = SharedFiles.data.path("reference/mnist/model.pt")
  static let hasPublished =
    SharedFiles.data.has("reference/mnist/model.pt")
    && SharedFiles.data.has("mnist/t10k-images-idx3-ubyte.gz")

  /// What the tests look up in `--json`.
  struct Report: Decodable {
    struct Accuracy: Decodable {
      var majority: Double
      var oneToOne: Double
    }
    struct Divergences: Decodable {
      var continuous: Double
      var discrete: Double
      var perLatent: [Double]
    }
    struct Score: Decodable {
      var `protocol`: String
      var counts: [String: Int]
      var seed: UInt64?
    }

    var schema: Int
    var images: Int
    var split: String
    var accuracy: Accuracy?
    var kl: Divergences
    var reconstruction: Double
    var disentanglement: [Score]
    var scores: [Score]?
  }

  private func report(_ program: Program, _ call: String) throws -> Report {
    let output = try program.run(TrainTests.call(call))
    // A busy machine may be slow enough to print how far it is.
    let lines = output.standardError.split(whereSeparator: \.isNewline)
    #expect(lines.allSatisfy { $0.contains("preparing ") }, "\(call): \(output.standardError)")
    return try JSONDecoder().decode(Report.self, from: Data(output.standardOutput.utf8))
  }

  @Test(
    "The published checkpoint has the paper's accuracy, and its KL and reconstruction",
    .enabled(if: hasPublished, "needs reference/mnist and mnist in the data folder"))
  func published() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let call =
        "evaluate \(Self.published) mnist --data \(SharedFiles.data.path("mnist")) --split test"
      let text = try program.run(TrainTests.call(call)).standardOutput
      #expect(
        text.contains("\naccuracy         0.8873 by majority class, 0.8873 one to one (c0)\n"))
      let report = try report(
        program, call + " --json --confusion matrix.png --importance-samples 0")
      #expect(report.schema == 1)
      #expect(report.images == 10_000)
      #expect(report.accuracy?.majority == 0.8873)
      #expect(report.accuracy?.oneToOne == 0.8873)
      #expect(abs(report.kl.continuous - 4.99699) < 1e-4)
      #expect(abs(report.kl.discrete - 2.27427) < 1e-4)
      #expect(report.kl.perLatent.count == 11)
      #expect(abs(report.reconstruction - 147.6435) < 1e-3)
      let picture = try Image(pngAt: "\(folder)/matrix.png")
      #expect(picture.channels == 3 && picture.width > 400)
    }
  }

  @Test("A run is measured on its own data set, on the part that is asked for")
  func parts() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(
        TrainTests.call("train shapes --steps 1 --out run --validation 0.25 \(TrainTests.small)"))
      // The run's limit is of what it learned from.
      let test = try report(program, "evaluate run --json")
      #expect(test.split == "test" && test.images == 2000)
      let own = try report(program, "evaluate run --json --split train")
      #expect(own.images == 150)
      let held = try report(program, "evaluate run --json --split validation")
      #expect(held.images == 50)
      let named = try report(program, "evaluate run shapes --json --split train --limit 300")
      #expect(named.images == 300)
      try program.fails(
        "evaluate run shapes --split validation",
        "shapes: has no validation part; leave the data set out to take what a run held back")
    }
  }

  @Test("Runs together give means and deviations; the confusion matrix goes to a table")
  func several() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for seed in 1...2 {
        _ = try program.run(
          TrainTests.call(
            "train shapes --steps 1 --out run\(seed) --seed \(seed) \(TrainTests.small)"))
      }
      let output = try program.run("evaluate", "run1", "run2", "--limit", "40")
      let lines = output.standardOutput.split(separator: "\n").map(String.init)
      #expect(lines.first?.hasPrefix("run1 on shapes, ") == true)
      #expect(lines.contains { $0.hasPrefix("2 runs, 2 collapsed") })
      #expect(lines.contains { $0.hasPrefix("accuracy.majority ") })
      let json = try program.run("evaluate", "run1", "run2", "shapes", "--limit", "40", "--json")
      let object =
        try JSONSerialization.jsonObject(with: Data(json.standardOutput.utf8)) as? [String: Any]
      #expect(object.map { Set($0.keys) } == ["runs", "schema", "summary"])
      let table = try program.run(
        "evaluate", "run1", "--limit", "40", "--confusion", "matrix.csv")
      #expect(table.exitCode == 0)
      let rows = try String(contentsOfFile: "\(folder)/matrix.csv", encoding: .utf8)
        .split(separator: "\n")
      #expect(rows.first == "class,0,1,2,3")
      #expect(rows.count == 5)
    }
  }

  @Test("Scores of disentanglement come with protocol, counts and seed")
  func disentanglement() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      let report = try report(
        program, "evaluate run --limit 200 --disentanglement --seed 7 --json")
      let names = Set(report.disentanglement.map(\.protocol))
      #expect(
        names.isSuperset(of: [
          "factor-vae/kim2018", "mig/chen", "mig/chen without class", "med/cao",
          "infomec/histogram",
        ]))
      // 200 images are fewer than the study's 10,000 and 5,000, and the names of its scores say so.
      #expect(
        names.isSuperset(
          of: ["factor-vae", "beta-vae", "mig", "sap", "dci", "modularity", "irs"].map {
            "\($0)/locatello reduced (133 + 67 images)"
          }))
      #expect(report.disentanglement.allSatisfy { !$0.counts.isEmpty && $0.seed == 7 })
      let others = try self.report(
        program, "evaluate run --limit 60 --scores probes,samples --json")
      #expect(
        Set((others.scores ?? []).map(\.protocol)).isSuperset(of: [
          "probe/class from z", "probe/factors from z and c", "precision/pixels", "recall/pixels",
          "density/pixels", "coverage/pixels", "frechet/classifier-1",
        ]))
      #expect(others.disentanglement.isEmpty)
      let text = try program.run("evaluate", "run", "--limit", "60", "--scores", "probes")
      #expect(
        text.standardOutput.contains(/probe\/class from z +0\.\d+ \(a guess 0\.\d+, testImages 30,/)
      )
    }
  }

  @Test(
    "Images without labels or factors get the scores that need none, and the reason for the rest")
  func unlabeled() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 1 --out run \(TrainTests.small)"))
      var idx: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 16, 0, 0, 0, 16]
      idx += (0..<3 * 256).map { UInt8($0 % 251) }
      try Data(idx).write(to: URL(filePath: "\(folder)/images.idx"))
      let output = try program.run("evaluate", "run", "./images.idx")
      #expect(output.exitCode == 0)
      #expect(output.standardOutput.contains("\nimages           3 of 16x16x1"))
      #expect(
        output.standardOutput.hasSuffix(
          "\nNo accuracy: accuracy compares with labels, and the data set has none; name a data set with classes.\n"
        ))
      let sentence =
        "accuracy compares with labels, and the data set has none; name a data set with classes"
      try program.fails("evaluate run ./images.idx --accuracy", sentence)
      try program.fails("evaluate run ./images.idx --confusion matrix.png", sentence)
      try program.fails(
        "evaluate run ./images.idx --disentanglement",
        "disentanglement compares with known factors, and the data set has none; name one that has, such as shapes"
      )
      try program.fails(
        "evaluate run ./images.idx --scores probes",
        "probes compares with labels, and the data set has none; name a data set with classes")
      let left = try fileNames(in: folder)
      #expect(left == ["images.idx", "run"])
    }
  }
}
