import Foundation
import TestSupport
import Testing

/// `train --live`: a page that shows a training as it goes.
@Suite("Live training from the command line", .serialized)
struct LiveTests {
  private static let call = "train shapes --out run --live \(TrainTests.small)"

  private static func address(_ text: String) -> Substring? {
    text.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\//)?.output
  }

  @Test("Ctrl-C ends the training and the page of a browser that follows, and leaves a page behind")
  func stopped() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let running = try program.start(TrainTests.call("\(Self.call) --epochs 5000"))
      #expect(running.wait { Self.address(running.standardError) != nil })
      let address = try #require(Self.address(running.standardError))
      let browser = try LocalClient.following(address)
      #expect(browser.read { $0.contains("event: pictures") })
      running.send(SIGINT)
      let output = running.waitForEnd()
      #expect(output.exitCode == 130, "\(output.standardError)")
      browser.read()
      #expect(browser.events.last?.kind == "end")
      #expect(browser.events.last?.data.contains("\"stopped\"") == true)
      #expect(output.standardOutput.contains("page to play with the model: run/explorer.html"))

      let step = try #require(
        output.standardOutput.firstMatch(of: /stopped after step (\d+)/).flatMap { Int($0.1) })
      // A checkpoint without --live takes the page of the earlier model away.
      let resumed = try program.run(
        TrainTests.call("train --resume --out run --steps \(step + 3)"))
      #expect(resumed.exitCode == 0)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/run/explorer.html"))
      let again = try program.run(
        TrainTests.call("train --resume --out run --live --steps \(step + 6)"))
      #expect(again.exitCode == 0)
      #expect(FileManager.default.fileExists(atPath: "\(folder)/run/explorer.html"))
    }
  }

  @Test("A port in use is a sentence before anything is read or trained")
  func portInUse() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let first = try program.start(TrainTests.call("\(Self.call) --epochs 5000"))
      #expect(first.wait { Self.address(first.standardError) != nil })
      let address = try #require(Self.address(first.standardError))
      let port = try #require(address.firstMatch(of: /:(\d+)\//)?.1)
      try program.fails(
        "train shapes --out other --live --live-port \(port)",
        "port of the live page is \(port); expected a free port, which this program may use "
          + "(\(String(cString: strerror(EADDRINUSE))))")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/other"))
      first.send(SIGTERM)
      #expect(first.waitForEnd().exitCode == 143)
      // Now it is free.
      let second = try program.run(
        TrainTests.call(
          "train shapes --out other --live-port \(port) --live --steps 2 \(TrainTests.small)"))
      #expect(second.exitCode == 0)
      #expect(Self.address(second.standardError)?.contains(":\(port)/") == true)
    }
  }

  @Test("With --json and --quiet the address is an event, and a line on standard error")
  func events() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        TrainTests.call("\(Self.call) --steps 2 --json --quiet"))
      #expect(output.exitCode == 0)
      let lines = output.standardOutput.split(separator: "\n").map(String.init)
      let address = try #require(Self.address(lines[0]))
      #expect(lines[0] == "{\"address\":\"\(address)\",\"event\":\"live\"}")
      #expect(output.standardError.hasPrefix("live: \(address)\n"))
      #expect(!output.standardError.contains("rounded"))
      #expect(lines.contains { $0.contains("\"explorer\":\"run/explorer.html\"") })
    }
  }

  @Test("The seeds of a search and the one that goes on share a page")
  func restarts() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let running = try program.start(
        TrainTests.call("\(Self.call) --restarts 2 --restart-steps 60 --steps 120"))
      #expect(running.wait { Self.address(running.standardError) != nil })
      let browser = try LocalClient.following(try #require(Self.address(running.standardError)))
      let output = running.waitForEnd()
      #expect(output.exitCode == 0)
      browser.read()
      #expect(browser.events.last?.data.contains("run/explorer.html") == true)
      #expect(browser.events.contains { $0.kind == "run" && $0.data.contains("\"number\":3") })
    }
  }

  @Test("A failure ends the page, too")
  func failure() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(TrainTests.call("train ./none --live --out run"))
      #expect(output.exitCode == 1)
      #expect(output.standardError.contains("live: http://127.0.0.1:"))
    }
  }
}
