import Foundation
import TestSupport
import Testing

/// Runs that are killed, stopped and resumed; one after the other, since each uses all cores.
@Suite(.serialized)
struct InterruptionTests {
  private static let call = "train shapes --out run --checkpoint-every 7 \(TrainTests.small)"

  @Test("A run that is killed at random moments ends with the same model, rows and frames")
  func killed() throws {
    try withTemporaryFolder { folder in
      let whole = Program(in: "\(folder)/whole")
      let killed = Program(in: "\(folder)/killed")
      for program in [whole, killed] {
        try FileManager.default.createDirectory(
          atPath: program.folder, withIntermediateDirectories: true)
      }
      #expect(try whole.run(TrainTests.call("\(Self.call) --epochs 8")).exitCode == 0)

      var call = TrainTests.call("\(Self.call) --epochs 8")
      var kills = 0
      for _ in 0..<6 {
        let running = try killed.start(call)
        usleep(UInt32.random(in: 50_000...400_000))
        running.send(SIGKILL)
        let output = running.waitForEnd()
        kills += output.exitCode == 128 + SIGKILL ? 1 : 0
        // Killed before it had made a run, it is begun anew.
        if FileManager.default.fileExists(atPath: "\(killed.folder)/run/config.json") {
          call = TrainTests.call("train --resume --out run --threads 1")
        }
      }
      #expect(kills > 0)
      let last = try killed.run(call)
      #expect(last.exitCode == 0, "\(last.standardError)")
      try expectSame(killed.folder, whole.folder)
    }
  }

  @Test(
    "SIGINT, SIGTERM and SIGHUP end the step, write a checkpoint and say how to go on",
    arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(Int32, Int32)])
  func stopped(signal: Int32, exitCode: Int32) throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let running = try program.start(TrainTests.call("\(Self.call) --epochs 5000"))
      #expect(running.wait { running.standardError.contains("epoch 1/5000") })
      running.send(signal)
      let output = running.waitForEnd()
      #expect(output.exitCode == exitCode)
      let first = try #require(output.standardOutput.split(separator: "\n").first)
      let step = try #require(
        first.wholeMatch(
          of: /run: stopped after step (\d+); continue with: jointvae train --resume --out run/))
      #expect(
        output.standardError.hasSuffix("stopping after step \(step.1): writing a checkpoint\n"))
      let info = try program.run("info", "run")
      #expect(info.standardOutput.contains("\nstep           \(step.1)\n"))
      let count = try #require(Int(step.1)) + 3
      let resumed = try program.run(
        TrainTests.call("train --resume --out run --steps \(count)"))
      #expect(resumed.standardError.contains(", from step \(step.1)\n"))
      #expect(resumed.standardOutput.hasPrefix("run: finished after step \(count)\n"))
      #expect(resumed.exitCode == 0)
    }
  }

  @Test("A mapped file that is cut off ends the program with an error, and no signal")
  func cutOff() throws {
    try withTemporaryFolder { folder in
      let running = try Program(in: folder).start(TrainTests.call("\(Self.call) --epochs 5000"))
      #expect(running.wait { running.standardError.contains("epoch 1/5000") })
      // What the system sends to a program that touches the bytes that are gone.
      running.send(SIGBUS)
      let output = running.waitForEnd()
      #expect(output.exitCode == 1)
      #expect(
        output.standardError.contains(
          "Error: a file that the program reads from the disk was cut off"))
      #expect(output.standardError.hasSuffix("and go on with --resume.\n"))
    }
  }

  @Test("A signal that a program was started to ignore does not stop it")
  func ignored() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).shell(
        """
        trap '' HUP
        jointvae \(Self.call) --steps 40 & run=$!
        while ! test -e run/config.json; do sleep 0.01; done
        kill -HUP $run
        wait $run
        """)
      #expect(output.standardOutput.hasPrefix("run: finished after step 40\n"))
      #expect(output.exitCode == 0)
    }
  }

  @Test("A run whose progress is no longer read goes on")
  func brokenPipe() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).shell(
        """
        { jointvae \(Self.call) --epochs 2 2>&1 >results; echo $? >code; } | head -n 1
        """)
      #expect(output.standardOutput == "shapes: 200 images of 16x16x1\n")
      let code = try String(contentsOfFile: "\(folder)/code", encoding: .utf8)
      #expect(code == "0\n")
      let results = try String(contentsOfFile: "\(folder)/results", encoding: .utf8)
      #expect(results.hasPrefix("run: finished after step 50\n"))
    }
  }

  @Test("A run of fewer epochs is made longer, and ends as one that was as long from the start")
  func longer() throws {
    try withTemporaryFolder { folder in
      for name in ["whole", "parts"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      let (whole, parts) = (Program(in: "\(folder)/whole"), Program(in: "\(folder)/parts"))
      _ = try whole.run(TrainTests.call("\(Self.call) --epochs 3"))
      _ = try parts.run(TrainTests.call("\(Self.call) --epochs 1"))
      let output = try parts.run(TrainTests.call("\(Self.call) --resume --epochs 3"))
      #expect(output.exitCode == 0, "\(output.standardError)")
      try expectSame(parts.folder, whole.folder)
      let fewer = try parts.run(TrainTests.call("train --resume --out run --epochs 2"))
      #expect(
        fewer.standardError
          == "Error: length is 50 steps; expected at least the 75 steps that run has done\n")
      #expect(fewer.exitCode == 1)
      let again = try parts.run(TrainTests.call("train --resume --out run"))
      #expect(again.standardOutput.hasPrefix("run: finished after step 75\n"))
    }
  }

  @Test("Two programs do not train in one folder")
  func locked() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let running = try program.start(TrainTests.call("\(Self.call) --epochs 5000"))
      #expect(running.wait { running.standardError.contains("epoch 1/5000") })
      let second = try program.run("train", "--resume", "--out", "run")
      #expect(
        second.standardError
          == "Error: run: is being trained by another program; wait for it or stop it\n")
      #expect(second.exitCode == 1)
      running.send(SIGKILL)
      _ = running.waitForEnd()
    }
  }

  /// All that both runs left is the same, but for the seconds in the logs.
  private func expectSame(_ folder: String, _ other: String) throws {
    for name in [
      "config.json", "model.safetensors", "checkpoints/state.safetensors", "summary.json",
      "samples.png", "reconstructions.png", "traversals.png", "traversals.gif", "training.gif",
    ] {
      let same = try contents(folder, name) == contents(other, name)
      #expect(same, "\(name) differs")
    }
    for name in ["metrics.csv", "epochs.csv"] {
      #expect(try withoutSeconds(folder, name) == withoutSeconds(other, name))
    }
    let frames = try fileNames(in: "\(folder)/run/checkpoints/frames")
    #expect(try frames == fileNames(in: "\(other)/run/checkpoints/frames"))
  }

  private func contents(_ folder: String, _ name: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/run/\(name)"))
  }

  private func withoutSeconds(_ folder: String, _ name: String) throws -> [[Substring]] {
    String(decoding: try contents(folder, name), as: UTF8.self).split(separator: "\n").map { line in
      var fields = line.split(separator: ",")
      fields.remove(at: 2)
      return fields
    }
  }
}
