import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

struct BenchTests {
  static let small = "--image-size 16 --batch-size 4 --threads 1 --rounds 1"

  @Test("bench writes JSON and a chart to files, and says the same in words")
  func files() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        TrainTests.call("bench \(Self.small) --convolution direct --json step.json --svg step.svg"))
      #expect(output.exitCode == 0, "\(output.standardError)")
      #expect(output.standardOutput.contains("convolutions  direct\n"))
      #expect(output.standardOutput.contains("Where the time of a step goes\n"))
      let json = try Data(contentsOf: URL(filePath: "\(folder)/step.json"))
      let object = try #require(
        try JSONSerialization.jsonObject(with: json) as? [String: Any])
      #expect(object["convolution"] as? String == "direct")
      let svg = try Data(contentsOf: URL(filePath: "\(folder)/step.svg"))
      #expect(XMLParser(data: svg).parse())
    }
  }

  @Test("bench draws a comparison without measuring")
  func comparison() throws {
    try withTemporaryFolder { folder in
      let times =
        "{\"medianMilliseconds\":5,\"minimumMilliseconds\":4,\"percentile90Milliseconds\":6}"
      let text =
        "{\"imageSize\":32,\"channels\":1,\"batchSize\":64,\"threads\":2,\"torch\":\"2\","
        + "\"jointvae\":\(times),\"peers\":{\"PyTorch <eager>\":\(times)}}"
      try Data(text.utf8).write(to: URL(filePath: "\(folder)/c.json"))
      let program = Program(in: folder)
      let output = try program.run(TrainTests.call("bench --comparison c.json --svg c.svg"))
      #expect(output.exitCode == 0, "\(output.standardError)")
      let svg = try String(contentsOfFile: "\(folder)/c.svg", encoding: .utf8)
      #expect(svg.contains("PyTorch &lt;eager&gt;"))

      let missing = try program.run(TrainTests.call("bench --comparison none.json --svg n.svg"))
      #expect(missing.exitCode == 1)
      #expect(missing.standardError.hasPrefix("Error: none.json: cannot be opened"))
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/n.svg"))
    }
  }

  @Test(
    "Calls that cannot be are refused",
    arguments: [
      ("bench --convolution fft", "--convolution"),
      ("bench --svg chart.png", "--svg is chart.png; expected a name that ends in .svg."),
      ("bench --comparison c.json", "--comparison needs --svg, the file to draw to."),
      (
        "bench --inference --convolution direct",
        "--inference goes with neither --svg nor --convolution."
      ),
      ("bench --steps 0", "--steps is 0; expected at least 1."),
      ("bench --lanes 0", "lanes is 0; expected from 1 to 256."),
    ])
  func refused(call: String, message: String) throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(TrainTests.call(call))
      #expect(output.exitCode == 64)
      #expect(output.standardError.contains(message), "\(output.standardError)")
    }
  }
}
