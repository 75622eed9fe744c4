import Foundation
import JointVAEImages
import TestSupport
import Testing

@Suite("A code that carries nothing is never called a success") struct EmptyCodeTests {
  @Test("A short run on pairs, whose KL is at its capacity, is warned of in every place")
  func collapsed() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let trained = try program.run(
        TrainTests.call("train shapes --recipe pairs --steps 60 --limit 400 --out run"))
      #expect(trained.exitCode == 0)
      #expect(trained.standardError.contains("warning: epoch "))
      #expect(trained.standardError.contains("the run has collapsed so far"))
      #expect(trained.standardOutput.contains("\nwarning: the code carries less than 0.1 nats"))
      let evaluated = try program.run(["evaluate", "run", "--limit", "100"])
      #expect(evaluated.standardOutput.contains("\ncollapsed "))
      #expect(evaluated.standardOutput.contains("\nactive units     0 of "))
      let page = try String(contentsOfFile: "\(folder)/run/report.html", encoding: .utf8)
      #expect(page.contains("The run has collapsed: its latents carry next to nothing"))
      #expect(!page.contains("KL_z ends at"))
    }
  }

  @Test("One image has nothing that varies, and its reconstruction is not called recognized")
  func oneImage() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/one"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Image(width: 20, height: 20, value: 90).writePNG(to: "\(path)/a.png")
      let program = Program(in: folder)
      let trained = try program.run(
        TrainTests.call("train ./one --image-size 16 --steps 5 --out run"))
      #expect(trained.exitCode == 0, "\(trained.standardError)")
      #expect(trained.standardOutput.contains("\nwarning: one image has nothing that varies"))
      #expect(!trained.standardOutput.contains("nearer to its own image"))
      let evaluated = try program.run(["evaluate", "run"])
      #expect(!evaluated.standardOutput.contains("nearest to their own image"))
    }
  }
}
