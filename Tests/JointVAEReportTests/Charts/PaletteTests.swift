import Foundation
import JointVAEReport
import Testing

@Suite("The palette") struct PaletteTests {
  @Test("has colors that stand out by 3 to 1 from the page, and texts by 4.5 to 1, in both themes")
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
      uniqueKeysWithValues: Palette.colors.map { ($0.name, [$0.light, $0.dark]) })
    for theme in 0...1 {
      func color(_ name: String) throws -> String { try #require(colors[name])[theme] }
      for index in 0..<Palette.seriesCount {
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

  @Test("draws 18 curves in as many ways, and the limits of different curves in different ones")
  func strokes() {
    func text(_ style: Chart.Style) -> String {
      let stroke = Palette.stroke(style)
      return "\(stroke.color) \(Palette.lengths(stroke.dashes))"
    }
    #expect(Set((0..<18).map { text(.color($0)) }).count == 18)
    #expect(Set([text(.limit(nil)), text(.limit(0)), text(.limit(1)), text(.color(0))]).count == 4)
    #expect(Palette.rgb("s0") == [0x00, 0x72, 0xB2])
  }

  @Test("gives every color and all dashes of curves to the style sheets of pages and files")
  func styleSheets() throws {
    let curves = (0..<20).map { index in
      Chart.Curve(
        name: "\(index)", style: index < 18 ? .color(index) : index == 18 ? .limit(0) : .muted,
        points: [Chart.Point(x: 0, y: 0), Chart.Point(x: 1, y: 1)])
    }
    let svg = Chart(title: "t", summary: "", vertical: Chart.Axis("y"), curves: curves).svg
    let reader = try SVGReader(svg)
    let style = try #require(reader.all("style").first).text
    for name in Set(reader.all("path").flatMap(\.classes)) {
      #expect(style.contains(".\(name)"), "\(name)")
    }
    // Not every program that shows SVG knows custom properties, and none asks elsewhere.
    #expect(!svg.contains("var(") && !svg.contains("href") && !svg.contains("url("))
    for color in Palette.colors where ["text", "card", "s0"].contains(color.name) {
      #expect(style.contains(color.light) && style.contains(color.dark))
    }
  }
}
