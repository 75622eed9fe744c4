import Foundation
import TestSupport
import Testing

/// `jointvae explore`, as its users call it.
@Suite(.serialized)
struct ExploreTests {
  @Test("A model, several models and a data set become one file each")
  func pages() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for (call, file) in [
        ("explore shapes", "shapes-explorer.html"),
        ("explore shapes mnist -o both.html --title Two", "both.html"),
        ("explore shapes --data shapes --images 30 -o map.html", "map.html"),
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.standardError == "", "\(call)")
        #expect(output.exitCode == 0, "\(call)")
        #expect(output.standardOutput.hasPrefix("\(file): "), "\(call)")
        let html = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
        #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"), "\(call)")
      }
      #expect(
        try fileNames(in: folder) == ["both.html", "map.html", "shapes-explorer.html"])
    }
  }

  @Test("A mistake is named, and writes nothing")
  func mistakes() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for call in [
        "explore", "explore shapes -o page.png", "explore shapes --bits 8",
        "explore shapes --split test", "explore shapes --images 0",
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.exitCode == 64, "\(call)")
        #expect(output.standardOutput == "", "\(call)")
      }
      #expect(try program.run("explore", "nothing").exitCode == 1)
      #expect(try program.run("explore", "shapes", "--data", "nothing").exitCode == 1)
      #expect(try fileNames(in: folder) == [])
    }
  }

  @Test("--show draws nothing when standard output is no terminal")
  func show() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run("sample", "shapes", "--show", "-o", "s.png")
      #expect(output.standardOutput == "s.png: 64 images from the aggregate posterior\n")
      #expect(output.exitCode == 0)
    }
  }
}
