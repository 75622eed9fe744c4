extension ConfusionMatrix {
  /// Rows and columns for people: a line a class, a column a category, the majority class under
  /// each column.
  public var text: String {
    let names = classNames.map { Self.printable($0) }
    let majority = majorityMap.map { $0.map { names[$0] } ?? "-" }
    let header = (0..<categoryCount).map { "\($0)" }
    let cells = counts.map { $0.map { "\($0)" } }
    let widths: [Int] = (0..<categoryCount).map { column in
      let heading = max(header[column].count, majority[column].count)
      return cells.reduce(heading) { max($0, $1[column].count) }
    }
    let margin = (names + ["class", "mostly"]).map(\.count).max() ?? 0
    func line(_ name: String, _ fields: [String]) -> String {
      let padded = zip(fields, widths).map { field, width in field.aligned(right: width) }
      return ([name.aligned(left: margin)] + padded).joined(separator: "  ")
    }
    return
      ([line("class", header)] + zip(names, cells).map(line) + [line("mostly", majority)])
      .map { $0 + "\n" }.joined()
  }

  /// Comma-separated values: `class,0,1,...`, then a line a class. Names are quoted where RFC 4180
  /// asks for it.
  public var commaSeparatedValues: String {
    let header = ["class"] + (0..<categoryCount).map { "\($0)" }
    let lines = zip(classNames, counts).map { name, row in
      [Self.csvField(name)] + row.map { "\($0)" }
    }
    return ([header] + lines).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  private static func csvField(_ text: String) -> String {
    let special = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return special
      ? "\""
        + text.split(separator: "\"", omittingEmptySubsequences: false)
        .joined(separator: "\"\"") + "\"" : text
  }

  /// A name on one line, and not a long one: it may come from a file.
  private static func printable(_ name: String) -> String {
    let limit = 24
    let shown = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: "?"
          default: scalar
          }
        }))
    return shown.count > limit ? shown.prefix(limit - 1) + "…" : shown
  }
}

extension String {
  /// Padded with spaces before it to `width` characters.
  func aligned(right width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// Padded with spaces after it to `width` characters.
  func aligned(left width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
