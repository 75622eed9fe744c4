import Foundation
import JointVAEReport
import Testing

/// What charts promise as drawings, in either rendering.
@Suite("A chart") struct ChartTests {
  private static func curves(_ names: [String], to step: Double, height: Double) -> Chart {
    Chart(
      title: names[0], summary: "Curves.",
      vertical: Chart.Axis(names[0], unit: "nats", includesZero: true),
      curves: names.enumerated().map { index, name in
        Chart.Curve(
          name: name, style: .color(index),
          points: [Chart.Point(x: 1, y: 0), Chart.Point(x: step, y: height)])
      })
  }

  private static func rows(_ names: [String], value: Double) -> Chart {
    let rows = names.map { name in
      Chart.Row(
        name: name, note: "not measured", dots: [Chart.Dot(name: name, value: value)],
        spread: min(0, value)...max(0, value))
    }
    return Chart(
      title: names[0], summary: "", panels: [Chart.Panel(.rows(rows), over: Chart.Axis(names[0]))],
      note: names[0])
  }

  static let charts: [Chart] = [
    curves(["KL"], to: 10_000, height: 0.1),
    curves(["KL"], to: 999_999, height: 12_000_000),
    curves(["a", "b", "c", "d", "e", "f", "g"], to: 3, height: 1e-12),
    curves(
      [String(repeating: "W", count: 300), String(repeating: "字", count: 100)], to: 5, height: 1),
    rows(["accuracy"], value: 0.97),
    rows([String(repeating: "long name, ", count: 30), "b"], value: 123_456_789),
    rows(["tiny"], value: -1e-15),
  ]

  @Test("keeps every text inside the drawing", arguments: charts)
  func textsInside(chart: Chart) throws {
    for markup in [chart.svg, chart.figure(fileName: "a.csv").markup] {
      let reader = try SVGReader(markup)
      let box = try #require(reader.elements[0].attributes["viewBox"]).split(separator: " ")
      let (width, height) = (try #require(Double(box[2])), try #require(Double(box[3])))
      #expect(!reader.texts.isEmpty)
      for text in reader.all("text") {
        let extent = try SVGReader.extent(of: text)
        #expect(extent.lowerBound >= 0 && extent.upperBound <= width, "\(text.text): \(extent)")
        #expect(try (8...height - 1).contains(text.number("y")), "\(text.text)")
      }
    }
  }

  @Test("keeps the numbers of an axis apart", arguments: charts)
  func ticksApart(chart: Chart) throws {
    for markup in [chart.svg, chart.figure(fileName: "a.csv").markup] {
      let ticks = try SVGReader(markup).all("text").filter { $0.classes == ["tick"] }
      let below = Dictionary(
        grouping: ticks.filter { $0.attributes["text-anchor"] == "middle" },
        by: { $0.attributes["y"] })
      for axis in below.values {
        let extents = try axis.map(SVGReader.extent(of:)).sorted { $0.lowerBound < $1.lowerBound }
        for (first, second) in zip(extents, extents.dropFirst()) {
          #expect(first.upperBound + 4 <= second.lowerBound)
        }
      }
      let beside = try ticks.filter { $0.attributes["text-anchor"] == "end" }
        .map { try $0.number("y") }.sorted()
      for (first, second) in zip(beside, beside.dropFirst()) { #expect(second - first >= 11) }
    }
  }

  @Test("tells a name that is too long in full to a pointer")
  func shortened() throws {
    let name = String(repeating: "W", count: 300)
    let reader = try SVGReader(Self.rows([name], value: 1).svg)
    #expect(reader.texts.contains { $0.hasPrefix("WWW") && $0.hasSuffix("…") })
    #expect(reader.all("title").contains { $0.text == "\(name): not measured" })
  }

  @Test("cuts curves off at the ends of a fixed axis, and interrupts them where there is no number")
  func clipped() throws {
    let axis = Chart.Axis("x", ends: .at(0...10))
    let curve = Chart.Curve(
      name: "a", style: .color(0),
      points: [(-5, 5), (5, 5), (6, .nan), (7, 5), (8, 1e300), (9, -.infinity), (12, 1)].map {
        Chart.Point(x: $0.0, y: $0.1)
      })
    let chart = Chart(
      title: "t", summary: "",
      panels: [
        Chart.Panel(.curves([curve], vertical: Chart.Axis("y", ends: .at(0...10))), over: axis)
      ])
    let reader = try SVGReader(chart.figure(fileName: "a.csv").markup)
    let path = try #require(reader.paths("line of-s0").first)
    let axes = try #require(reader.elements[0].attributes["data-axis"]).split(separator: " ")
    let (left, right) = (try #require(Double(axes[2])), try #require(Double(axes[3])))
    #expect(path.count == 4)
    #expect(path.allSatisfy { (left...right).contains($0[0]) })
    #expect(path[0][0] == left && abs(path[1][0] - (left + right) / 2) < 0.01)
    #expect(reader.coordinates.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1000 })
  }

  @Test("draws each curve where its values are")
  func places() throws {
    let chart = Chart(
      title: "Loss", summary: "Two curves.",
      vertical: Chart.Axis("Loss", unit: "nats", includesZero: true),
      curves: [
        Chart.Curve(
          name: "a", style: .color(0), points: [Chart.Point(x: 0, y: 0), Chart.Point(x: 10, y: 5)]),
        Chart.Curve(name: "b", style: .color(7), points: [Chart.Point(x: 5, y: 10)]),
      ])
    let reader = try SVGReader(chart.figure(fileName: "a.csv").markup)
    let axes = try #require(reader.elements[0].attributes["data-axis"]).split(separator: " ")
    #expect(axes[0] == "0" && axes[1] == "10")
    let (left, right) = (try #require(Double(axes[2])), try #require(Double(axes[3])))
    let path = try #require(reader.paths("line of-s0").first)
    #expect(path[0][0] == left && path[1][0] == right)
    // The lines at 0, 5 and 10 nats.
    let rules = reader.paths("axis") + reader.paths("grid")
    func height(_ place: Double) -> Bool {
      rules.contains { $0[0] == [left, place] && $0[1] == [right, place] }
    }
    let dot = try #require(reader.all("circle").first)
    #expect(dot.classes == ["line", "of-s1", "dash1"])
    #expect(try height(dot.number("cy")) && height(path[0][1]))
    #expect(try abs((dot.number("cy") + path[0][1]) / 2 - path[1][1]) < 0.02)
    #expect(try abs(dot.number("cx") - (left + right) / 2) < 0.01)
    let markup = chart.figure(fileName: "a\"b.csv").markup
    #expect(markup.contains("<bdi>b</bdi> <b class=\"value\" data-last=\"10.00\">"))
    #expect(markup.contains("download=\"a&quot;b.csv\""))
  }

  @Test("shows neighbors with the same axis above each other, and the axis once")
  func sharedAxis() throws {
    let axis = Chart.Axis("x", ends: .at(0...1))
    let panels = ["low", "high"].map { name in
      let curve = Chart.Curve(
        name: "a", style: .color(0),
        points: [Chart.Point(x: 0, y: 0), Chart.Point(x: 1, y: name == "low" ? 1 : 12_345)])
      return Chart.Panel(.curves([curve], vertical: Chart.Axis(name)), over: axis)
    }
    let reader = try SVGReader(Chart(title: "t", summary: "", panels: panels).svg)
    #expect(reader.texts.count { $0 == "x" } == 1)
    let lefts = reader.paths("line of-s0").filter { $0[1][0] > 500 }.map { $0[0][0] }
    #expect(lefts.count == 2 && lefts[0] == lefts[1])
  }

  @Test("escapes every name, in pages and in files of its own", arguments: [false, true])
  func hostileNames(isFile: Bool) throws {
    let evil = "<script>alert('1')</script>\"&\u{202E}\u{0}\u{FFFE}]]>"
    let row = Chart.Row(
      name: evil, note: evil, color: 9, bar: 1, dots: [Chart.Dot(name: evil, value: 1)])
    let curve = Chart.Curve(
      name: evil, style: .limit(3), points: [Chart.Point(x: 0, y: 1), Chart.Point(x: 1, y: 2)])
    for content in [
      Chart.Panel.Content.rows([row]), .curves([curve], vertical: Chart.Axis(evil, unit: evil)),
    ] {
      let chart = Chart(
        title: evil, summary: evil, panels: [Chart.Panel(content, over: Chart.Axis(evil))],
        note: evil)
      let markup = isFile ? chart.svg : chart.figure(fileName: evil).markup
      #expect(!markup.contains("<script"))
      for scalar in ["\u{202E}", "\u{0}", "\u{FFFE}"] { #expect(!markup.contains(scalar)) }
      let reader = try SVGReader(markup)
      #expect(reader.texts.contains { $0.contains("<script>") })
    }
  }

  @Test("gives its numbers as a table that no spreadsheet takes for a formula")
  func table() {
    let chart = Chart(
      title: "t", summary: "", vertical: Chart.Axis("Loss"),
      curves: [
        Chart.Curve(
          name: "a", style: .color(0), points: [Chart.Point(x: 0, y: 0), Chart.Point(x: 10, y: 5)]),
        Chart.Curve(name: "=b,\"c\"", style: .color(7), points: [Chart.Point(x: 5, y: 10)]),
        Chart.Curve(name: "limit", style: .limit(1), points: []),
      ])
    #expect(chart.commaSeparatedValues == "step,a,\"'=b,\"\"c\"\"\",limit\n0,0,,\n5,,10,\n10,5,,\n")
    #expect(Chart.field("two\nlines\u{0}") == "two lines ")
  }

  @Test("shows every run of a group as a dot, and names what was not measured")
  func scores() throws {
    let chart = Chart(
      title: "Accuracy", summary: "",
      panels: [
        Chart.Panel(
          .rows([
            Chart.Row(
              name: "<K 4>", note: "0.600 ± 0.100",
              dots: [Chart.Dot(name: "r&1", value: 0.5), Chart.Dot(name: "r2", value: 0.7)],
              mean: 0.6, spread: 0.5...0.7),
            Chart.Row(name: "K 8", note: "not measured", color: 1),
          ]), over: Chart.Axis("Accuracy"))
      ], note: "what the marks mean")
    for markup in [chart.figure(fileName: "scores.csv").markup, chart.svg] {
      let reader = try SVGReader(markup)
      #expect(reader.all("title").map(\.text).suffix(2) == ["r&1: 0.500", "r2: 0.700"])
      #expect(reader.texts.contains("<K 4>: 0.600 ± 0.100"))
      #expect(reader.texts.contains("K 8: not measured"))
      #expect(reader.paths("mean").count == 1 && reader.paths("spread").count == 3)
      #expect(markup.contains("what the marks mean"))
    }
    #expect(chart.commaSeparatedValues == "group,run,Accuracy\n<K 4>,r&1,0.5\n<K 4>,r2,0.7\n")
  }
}
