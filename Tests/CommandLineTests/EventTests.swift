import Foundation
import TestSupport
import Testing

@Suite("Events of a training as JSON, and a quiet training", .serialized)
struct EventTests {
  private typealias Object = [String: Any]

  private static func objects(_ text: String) throws -> [Object] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object)
    }
  }

  /// The keys that docs/events.md lists for an event.
  private static func documentedKeys(_ event: String) throws -> Set<String> {
    let page = try String(
      contentsOfFile: "\(SharedFiles.packageFolder)/docs/events.md", encoding: .utf8)
    let line = try #require(
      page.split(separator: "\n").first { $0.hasPrefix("| `\(event)` |") })
    let names = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
    return Set(names)
  }

  @Test("A run's events come in order, with the keys that docs/events.md lists")
  func run() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        TrainTests.call(
          "train shapes --epochs 2 --validation 20 --log-every 10 --checkpoint-every 20 --json --quiet "
            + "--out run \(TrainTests.small)"))
      #expect(output.exitCode == 0)
      let events = try Self.objects(output.standardOutput)
      let names = events.compactMap { $0["event"] as? String }
      #expect(names.count == events.count)
      #expect(names.first == "start")
      // 180 images in batches of 8 are 23 steps an epoch.
      #expect(names.filter { $0 == "step" }.count == 5)
      #expect(names.filter { $0 == "epoch" }.count == 2)
      #expect(names.filter { $0 == "checkpoint" }.count == 2)
      let start = try #require(events.first)
      #expect(start["run"] as? String == "run" && start["images"] as? Int == 180)
      #expect(start["validationImages"] as? Int == 20 && start["lastStep"] as? Int == 46)
      #expect(start["seed"] as? String == "1" && start["discrete"] as? [Int] == [4])
      let epoch = try #require(events.last { $0["event"] as? String == "epoch" })
      #expect(epoch["step"] as? Int == 46 && epoch["loss"] is Double)
      #expect((epoch["validation"] as? Object)?["loss"] is Double)
      #expect((epoch["categoryCounts"] as? [[Int]])?.first?.reduce(0, +) == 180)
      #expect((epoch["terms"] as? Object)?.isEmpty == false)
      let end = try #require(events.first { $0["event"] as? String == "end" })
      #expect(end["ending"] as? String == "finished" && end["step"] as? Int == 46)
      for key in ["model", "report"] {
        let path = try #require(end[key] as? String)
        #expect(FileManager.default.fileExists(atPath: "\(folder)/\(path)"))
      }
      #expect((end["pictures"] as? [String])?.count == 5)
      for event in events {
        let name = try #require(event["event"] as? String)
        let known = try Self.documentedKeys(name).union(try Self.documentedKeys("step"))
        #expect(Set(event.keys).subtracting(known) == ["event"], "\(name)")
      }

      let again = try Program(in: folder).run(
        ["train", "--resume", "--out", "run", "--json", "--quiet"])
      let resumed = try Self.objects(again.standardOutput)
      #expect(resumed.first?["step"] as? Int == 46)
      #expect(resumed.contains { $0["ending"] as? String == "finished" })
    }
  }

  @Test("A failure is an event, too, and still a sentence on standard error")
  func failure() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        TrainTests.call("train ./none --steps 2 --json --out run"))
      #expect(output.exitCode == 1)
      let events = try Self.objects(output.standardOutput)
      #expect(events.count == 1 && events[0]["event"] as? String == "error")
      let message = try #require(events[0]["message"] as? String)
      #expect(output.standardError == "Error: \(message)\n")
    }
  }

  @Test("A quiet training prints nothing, but what is wrong")
  func quiet() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        TrainTests.call("train shapes --epochs 1 --quiet --out run \(TrainTests.small)"))
      #expect(output.exitCode == 0)
      #expect(output.standardOutput == "")
      let lines = output.standardError.split(separator: "\n")
      #expect(lines.allSatisfy { $0.hasPrefix("warning: ") }, "\(output.standardError)")
    }
  }

  @Test("A finished run says so when it is resumed, an early stop when it ends a run")
  func finished() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      // No ramp is left after two steps, so that noise soon makes a mean no lower than the one before.
      let call =
        "train shapes --recipe shapes --steps 400 --early-stop 2steps --continuous-capacity 0,1,2,30 "
        + "--discrete-capacity 0,1,2,30 --out run \(TrainTests.small)"
      let output = try program.run(TrainTests.call(call))
      #expect(output.exitCode == 0, "\(output.standardError)")
      let first = try #require(output.standardOutput.split(separator: "\n").first)
      #expect(first.hasPrefix("run: stopped early after step "))
      #expect(first.contains(" of 400: the objective had not fallen for 2 steps"))
      let again = try program.run(["train", "--resume", "--out", "run"])
      #expect(again.standardError.contains("stopped early already, after step "))
      #expect(again.standardOutput.hasPrefix("run: stopped early after step "))
      let page = try String(contentsOfFile: "\(folder)/run/report.html", encoding: .utf8)
      #expect(page.contains("It stopped early, after step "))

      let longer = try program.run(
        TrainTests.call("train --resume --early-stop none --steps 60 --out run"))
      #expect(longer.standardOutput.hasPrefix("run: finished after step 60\n"))
      let finished = try program.run(["train", "--resume", "--out", "run"])
      #expect(
        finished.standardError.contains(
          "finished already; a larger --steps or --epochs continues it"))
    }
  }

  @Test("An early stop that comes too late is mentioned, and one without a unit is refused")
  func lateStop() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let late = try program.run(
        TrainTests.call(
          "train shapes --recipe shapes --steps 3 --early-stop 9epochs --out run \(TrainTests.small)"
        ))
      #expect(late.exitCode == 0)
      #expect(late.standardError.contains("note: the early stop cannot end this run of 3 steps"))
      let bare = try program.run(TrainTests.call("train shapes --early-stop 20"))
      #expect(bare.exitCode == 64)
      #expect(bare.standardError.contains("such as 20epochs or 2000steps, or none"))
    }
  }
}
