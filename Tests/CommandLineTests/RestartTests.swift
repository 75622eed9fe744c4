import Foundation
import TestSupport
import Testing

/// Runs that begin with several seeds; one after the other, since each uses all cores.
@Suite(.serialized)
struct RestartTests {
  private static let small =
    "--image-size 16 --limit 80 --batch-size 8 --continuous 2 --discrete 4 --threads 2 --log-every 5"

  @Test("Three seeds are trained, the best one goes on, and its model is that of its seed alone")
  func endToEnd() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let output = try program.run(
        TrainTests.call("train shapes --epochs 2 --restarts 3 --out run \(Self.small)"))
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardOutput.hasPrefix("run: finished after step 20\n"))
      #expect(output.standardError.hasPrefix("seed 1, 1 of 3, up to step 10\n"))
      let kept = try #require(
        output.standardError.firstMatch(of: /\n(\d) +[0-9.]+ +\d\/4 +[0-9.]+ +goes on\n/)?.1)
      #expect(output.standardError.contains(", recipe shapes, 2 epochs, from step 10\n"))
      #expect(try fileNames(in: folder) == ["run"])
      _ = try program.run(
        TrainTests.call("train shapes --epochs 2 --seed \(kept) --out alone \(Self.small)"))
      #expect(try TrainTests.model(folder, "run") == TrainTests.model(folder, "alone"))
      let info = try program.run("info", "run")
      #expect(info.standardOutput.contains("chosen of 3 seeds by the loss up to step 10\n"))
      let page = try String(contentsOfFile: "\(folder)/run/report.html", encoding: .utf8)
      #expect(page.contains(">Restarts</h2>"))
    }
  }

  @Test("Ctrl-C in the first seed, then in the second, changes nothing about the end")
  func stopped() throws {
    try withTemporaryFolder { folder in
      let call = "train shapes --steps 620 --restarts 2 --restart-steps 600 --out run \(Self.small)"
      for name in ["whole", "cut"] {
        try FileManager.default.createDirectory(
          atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
      let (whole, cut) = (Program(in: "\(folder)/whole"), Program(in: "\(folder)/cut"))
      #expect(try whole.run(TrainTests.call(call)).exitCode == 0)

      for (seed, words) in [(1, call), (2, call + " --resume")] {
        let running = try cut.start(TrainTests.call(words))
        let place = "/seed-\(seed)/metrics.csv"
        #expect(
          running.wait {
            let log = try? String(
              contentsOfFile: "\(folder)/cut/run.restarts" + place, encoding: .utf8)
            return (log?.count { $0 == "\n" } ?? 0) > 5
          })
        running.send(SIGINT)
        let output = running.waitForEnd()
        #expect(output.exitCode == 130)
        #expect(
          output.standardOutput
            == "run: stopped while its seeds are trained in run.restarts; continue with: "
            + "jointvae train --resume --out run\n")
        #expect(try fileNames(in: "\(folder)/cut") == ["run.restarts"])
      }
      let last = try cut.run(TrainTests.call("train --resume --out run --threads 1"))
      #expect(last.exitCode == 0, "\(last.standardError)")
      #expect(last.standardOutput.hasPrefix("run: finished after step 620\n"))
      for name in ["config.json", "model.safetensors", "restarts.json", "samples.png"] {
        let files = [whole, cut].map { URL(filePath: "\($0.folder)/run/\(name)") }
        #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]), "\(name)")
      }
    }
  }

  @Test("What cannot be gone on with is refused")
  func refused() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(TrainTests.call("train shapes --steps 2 --out run \(Self.small)"))
      for (call, sentence) in [
        (
          "train --resume --restarts 2 --out run",
          "run: was begun without restarts; leave out --restarts"
        ),
        (
          "train shapes --restarts 2 --out run",
          "run: holds a run already; continue it with --resume, or choose another folder with --out"
        ),
        (
          "train shapes --restarts 2 --out .",
          ".: cannot be replaced by the seed that goes on; name a new folder with --out"
        ),
        (
          "train shapes --restarts 2 --steps 5 --restart-steps 6 --limit 20 --image-size 16 --out new",
          "restart steps is 6; expected from 1 to the 5 steps of the run"
        ),
        (
          "train shapes --resume --restarts 2 --out new",
          "new: does not exist; leave out --resume to begin a run there"
        ),
      ] { try program.fails(call, sentence) }
      #expect(try fileNames(in: folder) == ["run"])
    }
  }
}
