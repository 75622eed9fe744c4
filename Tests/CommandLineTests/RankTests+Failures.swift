import Foundation
import JointVAEFiles
import TestSupport
import Testing

/// What goes wrong on one rank alone.
extension RankTests {
  /// Two ranks that train one model: the words of the first, then those of the second.
  private func pair(
    _ launcher: TestLauncher, first: String = "", second: String, _ call: String
  ) -> String {
    [first, second].enumerated().map { rank, before in
      (rank == 0 ? launcher.words(1) : "-n 1")
        + " sh -c '\(before) exec \"\(Program.path)\" \(call)'"
    }.joined(separator: " : ")
  }

  /// A table of 40 pictures, as that of the letters from A to Z.
  private func letters(seed: Int) -> String {
    (0..<40).map { row in
      ([row % 4] + (0..<784).map { (row * 31 + $0 * seed) % 256 }).map(String.init)
        .joined(separator: ",")
    }.joined(separator: "\n") + "\n"
  }

  @Test("Other images on one rank are an error before a step", arguments: TestLauncher.all)
  func otherImages(launcher: TestLauncher) throws {
    try withProgram { program in
      for (folder, seed) in [("one/az-letters", 3), ("two/az-letters", 5)] {
        let path = "\(program.folder)/\(folder)"
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
        try AtomicFile.write(letters(seed: seed), to: "\(path)/A_Z Handwritten Data.csv")
      }
      let call = "train az-letters --batch-size 16 --steps 4 --out run"
      let output = try program.shell(
        pair(
          launcher, first: "export JOINTVAE_DATA=one;", second: "export JOINTVAE_DATA=two;", call))
      #expect(output.exitCode != 0)
      #expect(
        output.standardError.contains(
          #/Error: rank 1 on \S+: az-letters has other images than on rank 0: expected 40 of 32x32x1, checksum /#
        ),
        "\(output.standardError)")
      #expect(output.standardError.ranges(of: "Error: ").count == 1)
      #expect(!FileManager.default.fileExists(atPath: "\(program.folder)/run"))
      let same = try program.shell(
        pair(
          launcher, first: "export JOINTVAE_DATA=one;", second: "export JOINTVAE_DATA=one;", call))
      #expect(same.exitCode == 0, "\(same.standardError)")
    }
  }

  @Test("A rank without the memory that it needs ends all", arguments: TestLauncher.all)
  func shortMemory(launcher: TestLauncher) throws {
    try withProgram { program in
      // Address space for the program and its libraries, and not for batches of 8,192 pictures.
      let call =
        "train shapes --image-size 64 --limit 8192 --batch-size 8192 --steps 2 --threads 1 --out run"
      let output = try program.shell(pair(launcher, second: "ulimit -v 600000;", call))
      #expect(output.exitCode != 0)
      #expect(!FileManager.default.fileExists(atPath: "\(program.folder)/run/model.safetensors"))
    }
  }

  @Test(
    "A rank that hangs is named, whichever it is, and the run goes on from its checkpoint",
    arguments: zip(TestLauncher.all, [0, 1]))
  func hangingRank(launcher: TestLauncher, rank: Int) throws {
    try withProgram { program in
      var program = program
      program.environment["JOINTVAE_PATIENCE"] = "2"
      let call = Self.training + "--checkpoint-every 20 --out ranks "
      let output = try program.shell(
        Self.signal(
          "STOP", rank: rank, of: "\(launcher.words(2)) '\(Program.path)' \(call)--steps 100000",
          limit: 30))
      #expect(![0, 97, 98, 99].contains(output.exitCode), "\(output.standardError)")
      #expect(
        output.standardError.ranges(
          of:
            "Error: rank \(rank) has not answered for 2 seconds; look for what holds it up, and start again"
        ).count == 1, "\(output.standardError)")
      let resumed = try run(program, launcher, 2, "train --resume --steps 1500 --quiet --out ranks")
      #expect(resumed.exitCode == 0, "\(resumed.standardError)")
    }
  }

  @Test("A patience that is none is an error, said once", arguments: TestLauncher.all)
  func patience(launcher: TestLauncher) throws {
    try withProgram { program in
      var program = program
      program.environment["JOINTVAE_PATIENCE"] = "soon"
      let output = try run(program, launcher, 2, "train shapes --steps 2 --out none")
      #expect(output.exitCode != 0)
      #expect(
        output.standardError.ranges(
          of: "Error: JOINTVAE_PATIENCE is soon; expected seconds, from 1 to 86400"
        ).count == 1, "\(output.standardError)")
      #expect(try fileNames(in: program.folder) == ["small.yaml"])
    }
  }
}
