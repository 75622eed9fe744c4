import Foundation
import JointVAEReport
import Testing

@Suite("Charts") struct ChartTests {
  private func labels(_ scale: ChartScale) -> [String] { scale.ticks.map(\.label) }

  @Test("mark round numbers around the values")
  func linearTicks() {
    #expect(labels(ChartScale([0.3, 9.3], includesZero: true)) == ["0", "2", "4", "6", "8", "10"])
    #expect(labels(ChartScale([0.21, 0.34])) == ["0.20", "0.25", "0.30", "0.35"])
    #expect(labels(ChartScale([1, 1200], extends: false)) == ["500", "1,000"])
    #expect(ChartScale([1, 1200], extends: false).domain == 1...1200)
    #expect(labels(ChartScale([-75.2, -60.4])) == ["-80", "-75", "-70", "-65", "-60"])
  }

  @Test("take a logarithmic axis for positive values that differ by a factor of five")
  func logarithmicTicks() {
    let scale = ChartScale([699, 132], allowsLogarithm: true)
    #expect(scale.isLogarithmic)
    #expect(labels(scale) == ["100", "200", "500", "1,000"])
    #expect(abs(scale.share(of: 316.227766) - 0.5) < 1e-6)
    #expect(labels(ChartScale([0.02, 90_000], allowsLogarithm: true)).first == "0.01")
    #expect(!ChartScale([699, 150], allowsLogarithm: true).isLogarithmic)
    #expect(!ChartScale([0, 150], allowsLogarithm: true).isLogarithmic)
    #expect(!ChartScale([699, 1]).isLogarithmic)
  }

  private static let unusualValues: [[Double]] = [
    [], [5], [0, 0], [-3, -3], [1e15, -1e15], [1e15, 1e15], [1e-300, 2e-300],
    [.nan, .infinity, 2], [0, .leastNonzeroMagnitude], [.leastNonzeroMagnitude, 1], [1e-9, 1e15],
    [-1e-20, 1e-20], [1, 1 + 1e-15],
    [1e308, -1e308, 1],
  ]

  @Test("have an axis whatever the values", arguments: unusualValues)
  func anyValues(values: [Double]) {
    for includesZero in [false, true] {
      for extends in [false, true] {
        let scale = ChartScale(
          values, includesZero: includesZero, allowsLogarithm: true, extends: extends)
        #expect(scale.domain.lowerBound < scale.domain.upperBound)
        #expect(scale.ticks.count <= 25)
        for value in values where abs(value) <= 1e15 {
          #expect((-1e-6...1 + 1e-6).contains(scale.share(of: value)), "\(value)")
        }
      }
    }
  }

  private let chart = LineChart(
    title: "Loss & <more>", summary: "Two curves.",
    vertical: LineChart.Axis(name: "Loss", unit: "nats"), includesZero: true,
    series: [
      LineChart.Series(
        name: "a", style: .color(0),
        points: [LineChart.Point(x: 0, y: 0), LineChart.Point(x: 10, y: 5)]),
      LineChart.Series(name: "=b,\"c\"", style: .color(7), points: [LineChart.Point(x: 5, y: 10)]),
      LineChart.Series(name: "limit", style: .limit(1), points: []),
    ])

  @Test("give their numbers as a table that no spreadsheet takes for a formula")
  func table() {
    #expect(chart.commaSeparatedValues == "step,a,\"'=b,\"\"c\"\"\",limit\n0,0,,\n5,,10,\n10,5,,\n")
    #expect(LineChart.field("two\nlines\u{0}") == "two lines ")
  }

  @Test("draw each curve where its values are, named and escaped")
  func drawing() {
    let markup = chart.figure(fileName: "a\"b.csv").markup
    // The frame goes from 48 to 386 across, from 212 to 28 up.
    #expect(markup.contains("<path class=\"line s0\" d=\"M48 212L386 120\"/>"))
    #expect(markup.contains("<circle class=\"line s1 dash2\" cx=\"217\" cy=\"28\" r=\"3\"/>"))
    #expect(markup.contains("aria-label=\"Loss &amp; &lt;more&gt;. Two curves."))
    #expect(markup.contains(">Loss (nats)</text>"))
    #expect(markup.contains("<bdi>=b,&quot;c&quot;</bdi> <b class=\"value\" data-last=\"10.00\">"))
    #expect(markup.contains("data-last=\"no values\""))
    #expect(markup.contains("download=\"a&quot;b.csv\""))
  }

  @Test("show every run of a group as a dot, and name what was not measured")
  func scores() {
    let chart = ScoreChart(
      title: "Accuracy", unit: nil, digits: 3,
      rows: [
        ScoreChart.Row(
          name: "<K 4>",
          dots: [ScoreChart.Dot(name: "r&1", value: 0.5), ScoreChart.Dot(name: "r2", value: 0.7)],
          mean: 0.6, deviation: 0.1),
        ScoreChart.Row(name: "K 8", dots: [], mean: nil, deviation: nil),
      ])
    let markup = chart.figure(fileName: "scores.csv").markup
    #expect(markup.contains("<title>r&amp;1: 0.500</title>"))
    #expect(markup.contains("&lt;K 4&gt;: 0.600</text>"))
    #expect(markup.contains("K 8: not measured</text>"))
    #expect(chart.commaSeparatedValues == "group,run,Accuracy\n<K 4>,r&1,0.5\n<K 4>,r2,0.7\n")
    // The file of its own draws the same, and has its colours in it.
    let document = chart.document.markup
    #expect(document.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" "))
    #expect(
      document.contains("<desc>&lt;K 4&gt;: 0.600 plus or minus 0.100; K 8: not measured.</desc>"))
    for mark in markup.matches(of: /<(circle|path)[^>]*>/) {
      #expect(document.contains(mark.output.0))
    }
    for color in ["text", "card", "s0"] { #expect(document.contains("--\(color):#")) }
    #expect(!document.contains("href"))
  }

  @Test("have colors that stand out by 3 to 1 from the page, in both themes")
  func contrast() throws {
    func luminance(_ color: String) throws -> Double {
      let value = try #require(UInt32(color.dropFirst(), radix: 16))
      let parts = [16, 8, 0].map { shift -> Double in
        let share = Double((value >> UInt32(shift)) & 255) / 255
        return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    func ratio(_ first: String, _ second: String) throws -> Double {
      let (a, b) = (try luminance(first), try luminance(second))
      return (max(a, b) + 0.05) / (min(a, b) + 0.05)
    }
    let colors = Dictionary(
      uniqueKeysWithValues: ReportPalette.colors.map { ($0.name, [$0.light, $0.dark]) })
    for theme in 0...1 {
      func color(_ name: String) throws -> String { try #require(colors[name])[theme] }
      for index in 0..<ReportPalette.seriesCount {
        #expect(try ratio(color("s\(index)"), color("card")) >= 3, "s\(index), theme \(theme)")
      }
      for (text, behind) in [
        ("text", "card"), ("text", "page"), ("soft", "card"), ("soft", "page"), ("accent", "card"),
        ("text", "heat"), ("text", "best"), ("text", "warn"), ("accent", "best"),
      ] {
        #expect(
          try ratio(color(text), color(behind)) >= 4.5, "\(text) on \(behind), theme \(theme)")
      }
    }
  }
}
