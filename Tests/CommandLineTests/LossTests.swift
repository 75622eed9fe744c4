import Foundation
import JointVAEImages
import TestSupport
import Testing

/// Losses through the program: charts, and a run whose loss learns.
@Suite(.serialized)
struct LossTests {
  @Test("loss-chart draws the usual losses, or those asked for, as SVG and PNG")
  func charts() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      for call in [
        "loss-chart -o usual.svg", "loss-chart -o usual.png",
        "loss-chart -o own.svg --loss robust:-inf,0.5 --loss laplace:0.1 --range 2",
      ] {
        let output = try program.run(call.split(separator: " ").map(String.init))
        #expect(output.exitCode == 0 && output.standardOutput == "", "\(call)")
        #expect(output.standardError == "", "\(call)")
      }
      let usual = try String(contentsOfFile: "\(folder)/usual.svg", encoding: .utf8)
      for name in ["bce, black or white value", "mse", "cauchy, c = 0.5", "cauchy, c = 2"] {
        #expect(usual.contains(">\(name)</text>"), "\(name)")
      }
      let own = try String(contentsOfFile: "\(folder)/own.svg", encoding: .utf8)
      #expect(own.contains(">robust, alpha = -inf, c = 0.5</text>") && !own.contains(">mse<"))
      let picture = try Image(pngAt: "\(folder)/usual.png")
      #expect(picture.width == 1440 && picture.channels == 3)
    }
  }

  @Test("A chart that cannot be written says so, and leaves nothing")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run("loss-chart", "-o", "missing/chart.svg")
      #expect(output.exitCode == 1)
      #expect(output.standardError.hasPrefix("Error: missing/chart.svg: "))
      let left = try fileNames(in: folder)
      #expect(left == [])
    }
  }

  @Test(
    "A run with the adaptive loss resumes to the same bytes and is measured with what it learned")
  func adaptive() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let settings = "train shapes --loss adaptive --log-every 5 \(TrainTests.small)"
      for call in [
        "\(settings) --steps 30 --out whole", "\(settings) --steps 12 --out cut",
        "train shapes --resume --steps 30 --out cut",
      ] {
        let output = try program.run(TrainTests.call(call))
        #expect(output.exitCode == 0, "\(call): \(output.standardError)")
      }
      func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      }
      #expect(try bytes("whole/model.safetensors") == bytes("cut/model.safetensors"))
      func rows(_ run: String) throws -> [[Substring]] {
        let text = String(decoding: try bytes("\(run)/metrics.csv"), as: UTF8.self)
        // All columns but the third, the seconds.
        return text.split(separator: "\n").map { row in
          let fields = row.split(separator: ",")
          return Array(fields[..<2] + fields[3...])
        }
      }
      #expect(try rows("whole") == rows("cut"))
      #expect(try rows("whole")[0].suffix(2) == ["loss_alpha", "loss_scale"])
      let output = try program.run(TrainTests.call("evaluate whole --limit 40"))
      #expect(output.standardError == "")
      #expect(output.standardOutput.contains("nats an image (robust-likelihood:0.9"))
      #expect(output.standardOutput.contains("\nELBO "))
    }
  }
}
