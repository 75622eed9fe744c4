import JointVAEFiles

extension Palette {
  /// The style sheet of a page: both themes' colors as custom properties, charts, and what all pages have in common.
  ///
  /// The attribute `data-theme` of the root element, `light` or `dark`, overrules what the reader's system prefers.
  package static var pageStyle: HTML {
    """
    :root{\(properties(dark: false))}
    @media (prefers-color-scheme:dark){:root:not([data-theme=light]){\(properties(dark: true))}}
    :root[data-theme=dark]{\(properties(dark: true))}
    \(chartRules)
    \(ReportAsset.charts)
    \(ReportAsset.page)
    """
  }

  /// The style sheet of a chart in a file of its own.
  ///
  /// Colors stand in it by their values, because not every program that shows SVG knows custom properties.
  static var documentStyle: HTML {
    let rules: HTML = "\(chartRules)\n\(ReportAsset.charts)"
    return """
      \(styleSheet: resolved(rules.markup, dark: false))
      @media (prefers-color-scheme:dark){
      \(styleSheet: resolved(rules.markup, dark: true))
      }
      """
  }

  /// A class for each color of a curve, and for all dashes.
  private static var chartRules: HTML {
    let names = (0..<seriesCount).map { "s\($0)" } + ["text", "line"]
    let fills = names.map { name -> HTML in ".of-\(name){color:var(--\(name))}" }
    let strokes = dashes.map { dash -> HTML in
      let lengths = dash.lengths.map(NumberText.coordinate).joined(separator: " ")
      return ".\(dash.name){stroke-dasharray:\(lengths)}"
    }
    return "\(fills + strokes)"
  }

  /// The declarations of one theme.
  private static func properties(dark: Bool) -> String {
    colors.map { "--\($0.name):\(dark ? $0.dark : $0.light);" }.joined()
      + "color-scheme:\(dark ? "dark" : "light");"
  }

  private static func resolved(_ rules: String, dark: Bool) -> String {
    colors.reduce(rules) { rules, color in
      rules.replacing("var(--\(color.name))", with: dark ? color.dark : color.light)
    }
  }
}
