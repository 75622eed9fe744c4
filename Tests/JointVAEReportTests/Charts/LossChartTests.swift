import Foundation
import JointVAE
import JointVAEImages
import JointVAEReport
import TestSupport
import Testing

@Suite struct LossChartTests {
  @Test("An SVG is well formed, says what it shows, and holds only numbers that are numbers")
  func svg() throws {
    let losses =
      LossChart.usual + [
        .robust(RobustLoss(alpha: -.infinity, scale: 1e-6)), .laplace(scale: 0.1),
        .robustLikelihood(RobustLoss(alpha: 2, scale: 1e6)),
      ]
    for range in [0.01, 1, 100] {
      let svg = try LossChart(losses, range: range).chart.svg
      let reader = try SVGReader(svg)
      #expect(reader.all("title").first?.text == "Losses of an image value")
      #expect(reader.texts.contains("difference of reconstruction and value"))
      #expect(reader.texts.contains("loss") && reader.texts.contains("its derivative"))
      #expect(reader.texts.contains("likelihood, alpha = 2, c = 1000000"))
      #expect(reader.coordinates.allSatisfy { $0.isFinite && $0 >= 0 })
      // A legend and two panels; a steep loss may leave one of them at once.
      let lines = reader.all("path").count { $0.classes.first == "line" }
      #expect(lines > 2 * losses.count)
      #expect(!svg.contains("nan") && !svg.contains("href"))
    }
  }

  @Test("A likelihood is drawn without its constants: no difference costs nothing")
  func constants() throws {
    let plain = try LossChart([.robust(RobustLoss(alpha: 2, scale: 0.1))]).chart
    let likelihood = try LossChart([.gaussian(deviation: 0.1)]).chart
    let paths = try [plain, likelihood].map { try SVGReader($0.svg).paths("line of-s0") }
    #expect(paths[0].count == 3 && paths[0] == paths[1])
  }

  @Test(
    "What cannot be drawn is refused",
    arguments: [
      ([ReconstructionLoss](), 1.0, "losses is 0; expected from 1 to 12 of them"),
      ([.meanSquaredError], 0, "range is 0.0; expected a number from 0.01 to 100"),
      ([.meanSquaredError], .nan, "range is nan; expected a number from 0.01 to 100"),
      ([.meanSquaredError, .meanSquaredError], 1, "loss is mse; expected each loss once"),
      ([.laplace(scale: 0)], 1, "laplace scale is 0.0; expected a number from 0.000001 to 1000000"),
      (
        [.adaptive], 1,
        "loss is adaptive; expected one with a fixed curve, such as robust-likelihood:1,0.1; adaptive learns its alpha and scale"
      ),
    ])
  func refused(losses: [ReconstructionLoss], range: Double, sentence: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try LossChart(losses, range: range)
    }
    #expect(error?.description == sentence)
  }

  @Test("A PNG has the curves' colors on a white ground")
  func png() throws {
    try withTemporaryFolder { folder in
      try LossChart([.meanSquaredError, .cauchy(scale: 0.5)]).write(to: "\(folder)/chart.PNG")
      let image = try Image(pngAt: "\(folder)/chart.PNG")
      #expect(image.width == 1440 && image.channels == 3)
      var counts: [[UInt8]: Int] = [:]
      for start in stride(from: 0, to: image.pixels.count, by: 3) {
        counts[Array(image.pixels[start..<start + 3]), default: 0] += 1
      }
      #expect(counts[[255, 255, 255], default: 0] > image.width * image.height * 8 / 10)
      for color in ["s0", "s1"] { #expect(counts[Palette.rgb(color), default: 0] > 1000) }
    }
  }
}
