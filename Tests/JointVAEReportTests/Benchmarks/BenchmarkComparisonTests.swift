import Foundation
import JointVAEFiles
import JointVAEReport
import TestSupport
import Testing

@Suite struct BenchmarkComparisonTests {
  static let text = """
    {"imageSize": 32, "channels": 1, "batchSize": 64, "threads": 2, "torch": "2.15.0", "extra": 1,
     "jointvae": {"medianMilliseconds": 5, "minimumMilliseconds": 4, "percentile90Milliseconds": 6,
                  "phaseMilliseconds": {"update": 1, "waiting": 4}},
     "peers": {"PyTorch eager": {"medianMilliseconds": 25, "minimumMilliseconds": 20,
                                 "percentile90Milliseconds": 30, "ratioSpread": [4.5, 5.25]}}}
    """

  private func read(_ text: String) throws -> BenchmarkComparison {
    try withTemporaryFolder { folder in
      let path = "\(folder)/comparison.json"
      try Data(text.utf8).write(to: URL(filePath: path))
      return try BenchmarkComparison(contentsOf: path)
    }
  }

  /// The rows of the first panel.
  private func rows(of chart: Chart) -> [Chart.Row] {
    if case .rows(let rows)? = chart.panels.first?.content { rows } else { [] }
  }

  @Test("A comparison is drawn with medians, ratios and their spread")
  func chart() throws {
    let chart = try read(Self.text).chart
    #expect(chart.title == "A training step: 64 images of 32x32x1, 2 threads, PyTorch 2.15.0")
    #expect(chart.panels.count == 2)
    let bars = rows(of: chart)
    #expect(bars.map(\.name) == ["jointvae", "PyTorch eager"])
    #expect(bars.map(\.note) == ["5.00 ms", "25.00 ms, 5.0 times ours (4.5 to 5.2)"])
    #expect(bars.map(\.spread) == [4...6, 20...30])
    _ = try SVGReader(chart.svg)
  }

  @Test("Bars are as long as their values, and thin lines run over the spread")
  func lengths() throws {
    let reader = try SVGReader(try read(Self.text).chart.svg)
    let bars = try reader.all("rect").filter { $0.classes.first == "bar" }.map {
      (left: try $0.number("x"), width: try $0.number("width"))
    }
    // The axis of the first panel runs from 0 to 30 ms, that of the second from 0 to 4.
    let whole = bars[1].width * 30 / 25
    #expect(abs(bars[0].width - whole * 5 / 30) < 0.02)
    #expect(bars.allSatisfy { $0.left == bars[0].left })
    let spread = try #require(reader.paths("spread").dropFirst(3).first)
    #expect(abs(spread[0][0] - bars[0].left - whole * 20 / 30) < 0.02)
    #expect(abs(spread[1][0] - bars[0].left - whole) < 0.02)
  }

  @Test(
    "Files that are no comparison are refused with a reason",
    arguments: [
      ("", "malformed JSON"), ("[1]", "of another type"), ("{}", "\"imageSize\" is missing"),
      (text.replacing("\"threads\": 2,", with: ""), "\"threads\" is missing"),
      (
        text.replacing("\"medianMilliseconds\": 25", with: "\"medianMilliseconds\": -25"),
        "-25.0 ms"
      ),
      (text.replacing("\"update\": 1", with: "\"update\": 1e300"), "1e+300 ms"),
      (text.replacing("64", with: "6.5"), "malformed JSON"),
    ])
  func bad(text: String, reason: String) throws {
    let error = try #require(throws: FileError.self) { _ = try read(text) }
    #expect(error.description.contains("comparison.json: "))
    #expect(error.description.contains(reason), "\(error)")
  }

  @Test("A spread of other than two numbers is left out")
  func oddSpread() throws {
    let bars = rows(of: try read(Self.text.replacing("[4.5, 5.25]", with: "[4.5]")).chart)
    #expect(bars[1].note == "25.00 ms")
  }
}
