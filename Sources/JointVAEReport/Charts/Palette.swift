/// The colors of pages and charts in both themes, and the dashes of curves.
///
/// The curves' hues are those that Okabe and Ito chose for all kinds of color vision, darker or lighter where the ground behind
/// them needs it: each stands out by 3 to 1 and more.
package enum Palette {
  /// A name of the style sheet, and its color on a light and on a dark page.
  package struct Color: Hashable, Sendable {
    /// The custom property, without its dashes.
    package var name: String
    /// `#rrggbb` on a light page.
    package var light: String
    /// `#rrggbb` on a dark page.
    package var dark: String

    /// Red, green and blue on a light page.
    package var rgb: [UInt8] {
      let value = UInt32(light.dropFirst(), radix: 16) ?? 0
      return [16, 8, 0].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
  }

  /// Colors before the curves' styles repeat, dashed.
  package static let seriesCount = 6

  /// All of them.
  package static let colors: [Color] = [
    Color(name: "page", light: "#f6f7f9", dark: "#101418"),
    Color(name: "card", light: "#ffffff", dark: "#191f26"),
    Color(name: "text", light: "#1b2530", dark: "#e6ebf0"),
    Color(name: "soft", light: "#566372", dark: "#9fb0c0"),
    Color(name: "line", light: "#d9dfe6", dark: "#303a45"),
    Color(name: "accent", light: "#00598c", dark: "#6cbcf0"),
    Color(name: "best", light: "#e3f3ec", dark: "#17382e"),
    Color(name: "warn", light: "#fff3df", dark: "#3a2c12"),
    Color(name: "heat", light: "#56b4e9", dark: "#00649e"),
    Color(name: "s0", light: "#0072b2", dark: "#4fb0ea"),
    Color(name: "s1", light: "#d55e00", dark: "#ff8b3d"),
    Color(name: "s2", light: "#00875f", dark: "#2cc79b"),
    Color(name: "s3", light: "#b8578c", dark: "#e69bc7"),
    Color(name: "s4", light: "#a87400", dark: "#f0bd3c"),
    Color(name: "s5", light: "#6b6f76", dark: "#b4bac2"),
  ]

  /// Strokes and gaps in pixels, of curves beyond the last color and of limits.
  package static let dashes: [(name: String, lengths: [Double])] = [
    ("dash1", [6, 3]), ("dash2", [2, 2.5]), ("dash3", [9, 3, 2, 3]), (limitDash, [4, 4]),
  ]
  private static let limitDash = "limit"

  /// How a curve is drawn: the names of its color and of its dashes, nil for a solid line, and its width in pixels.
  package static func stroke(
    _ style: Chart.Style
  ) -> (color: String, dashes: String?, width: Double) {
    switch style {
    case .color(let index):
      let (round, color) = index.quotientAndRemainder(dividingBy: seriesCount)
      return ("s\(color)", round == 0 ? nil : dashes[(round - 1) % (dashes.count - 1)].name, 1.8)
    case .limit(let index): return (index.map { "s\($0 % seriesCount)" } ?? "text", limitDash, 1.3)
    case .muted: return ("line", nil, 1.8)
    }
  }

  /// The color called `name` on a light page.
  package static func rgb(_ name: String) -> [UInt8] {
    colors.first { $0.name == name }?.rgb ?? [0, 0, 0]
  }

  /// The lengths of the dashes called `name`.
  package static func lengths(_ name: String?) -> [Double] {
    dashes.first { $0.name == name }?.lengths ?? []
  }
}
