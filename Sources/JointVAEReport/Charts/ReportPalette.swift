/// The page's colours in both themes.
///
/// The curves' hues are those that Okabe and Ito chose for all kinds of colour vision, darker or lighter where the page behind
/// them needs it: each stands out by 3 to 1 and more.
package enum ReportPalette {
  /// A name of the style sheet, and its colour on a light and on a dark page.
  package struct Color: Hashable, Sendable {
    /// The custom property, without its dashes.
    package var name: String
    /// `#rrggbb` on a light page.
    package var light: String
    /// `#rrggbb` on a dark page.
    package var dark: String
  }

  /// Colours before the curves' styles repeat, dashed.
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

  /// The style sheet that gives `element` its colors, and every series its own.
  ///
  /// The attribute `data-theme` of the element, `light` or `dark`, overrules what the reader's system prefers.
  static func style(of element: StaticString) -> HTML {
    let element = HTML(stringLiteral: element)
    let series = (0..<seriesCount).map { ".s\($0){color:var(--s\($0))}" as HTML }
    return """
      \(element){\(declarations(dark: false))}
      @media (prefers-color-scheme:dark){\(element):not([data-theme=light]){\(declarations(dark: true))}}
      \(element)[data-theme=dark]{\(declarations(dark: true))}
      \(series)
      """
  }

  /// The declarations of one theme.
  private static func declarations(dark: Bool) -> String {
    colors.map { "--\($0.name):\(dark ? $0.dark : $0.light);" }.joined()
      + "color-scheme:\(dark ? "dark" : "light");"
  }
}
