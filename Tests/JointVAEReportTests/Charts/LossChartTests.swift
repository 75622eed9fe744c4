import Foundation
import JointVAE
import JointVAEImages
import JointVAEReport
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct LossChartTests {
  @Test("An SVG is well formed, says what it shows, and holds only numbers that are numbers")
  func svg() throws {
    let losses =
      LossChart.usual + [
        .robust(RobustLoss(alpha: -.infinity, scale: 1e-6)), .laplace(scale: 0.1),
        .robustLikelihood(RobustLoss(alpha: 2, scale: 1e6)),
      ]
    for range in [0.01, 1, 100] {
      let svg = try LossChart(losses, range: range).svg
      let reader = ElementReader()
      let parser = XMLParser(data: Data(svg.utf8))
      parser.delegate = reader
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
      #expect(reader.texts.contains("Losses of an image value"))
      #expect(reader.texts.contains("difference of reconstruction and value"))
      #expect(reader.texts.contains("loss") && reader.texts.contains("its derivative"))
      #expect(reader.texts.contains("likelihood, alpha = 2, c = 1000000"))
      let numbers = reader.points.flatMap { $0.split { $0 == " " || $0 == "," } }
      #expect(!numbers.isEmpty && numbers.allSatisfy { Double($0)?.isFinite == true })
      // A legend and two panels.
      #expect(reader.points.count >= 3 * losses.count)
      #expect(!svg.contains("nan") && !svg.contains("href"))
    }
  }

  @Test("A likelihood is drawn without its constants: no difference costs nothing")
  func constants() throws {
    let plain = try LossChart([.robust(RobustLoss(alpha: 2, scale: 0.1))]).svg
    let likelihood = try LossChart([.gaussian(deviation: 0.1)]).svg
    func points(_ svg: String) -> [Substring] {
      svg.split(separator: "\n").filter { $0.hasPrefix("<polyline") }
    }
    #expect(points(plain) == points(likelihood))
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

  @Test("A PNG has the curves' colours on a white ground")
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
      #expect(counts[[0, 0, 0], default: 0] > 1000)
      #expect(counts[[0, 114, 178], default: 0] > 1000)
    }
  }

  @Test("Ticks are round numbers inside the range")
  func ticks() {
    #expect(PanelChart.ticks(-1...1, about: 10) == (-5...5).map { Double($0) / 5 })
    #expect(PanelChart.ticks(0...1.05, about: 5) == [0, 0.5, 1])
    #expect(PanelChart.ticks(0...23, about: 5) == [0, 5, 10, 15, 20])
    #expect(PanelChart.ticks(0...0.003, about: 3) == [0, 0.001, 0.002, 0.003])
    #expect(PanelChart.ticks(2...2, about: 5) == [])
    #expect(PanelChart.ticks(0...2e6, about: 2) == [0, 1e6, 2e6])
  }

  @Test("Names that would be markup are text")
  func markup() throws {
    let line = PanelChart.Line(
      name: "<a> & \"b\"", points: [.init(x: 0, y: 0), .init(x: 0.5, y: .nan), .init(x: 1, y: 1)])
    let chart = PanelChart(
      title: "a < b", label: "x", range: 0...1,
      panels: [.init(label: "y", range: 0...1, lines: [line])])
    #expect(chart.svg.contains(">&lt;a&gt; &amp; &quot;b&quot;</text>"))
    let reader = ElementReader()
    let parser = XMLParser(data: Data(chart.svg.utf8))
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.texts.contains("<a> & \"b\"") && reader.texts.contains("a < b"))
  }
}

/// Collects what an SVG says and draws.
private final class ElementReader: NSObject, XMLParserDelegate {
  private(set) var texts: [String] = []
  private(set) var points: [String] = []
  private var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    text = ""
    if let list = attributes["points"] { points.append(list) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if name == "text" || name == "title" { texts.append(text) }
  }
}
