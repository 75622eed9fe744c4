import JointVAEFiles

/// A piece of a page, in which every text is escaped by its type.
///
/// The words of a literal are markup; a `String` put between them is text and is escaped, another `HTML` is not. As literals are
/// `StaticString`s, nothing that is known only when the program runs becomes markup:
///
///     let row: HTML = "<td>\(name)</td>"
package struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var markup: String

  /// Nothing.
  package static let empty: HTML = ""

  /// The markup that stands in the program.
  package init(stringLiteral value: StaticString) { markup = "\(value)" }

  /// The markup and the escaped texts of a literal.
  package init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// `pieces` one after the other, each on a line of its own.
  package init(_ pieces: [HTML]) {
    markup = pieces.lazy.map(\.markup).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// `text`, escaped.
  package init(text: String) { markup = Self.escaped(text) }

  /// Adds `other` at the end.
  package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  /// Collects the literals and the values between them.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    /// Room for as much as the literal has.
    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity)
    }

    /// Markup of the program's own.
    package mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { markup += String(decoding: $0, as: UTF8.self) }
    }

    /// Markup as it is.
    package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    /// Pieces of markup, a line each.
    package mutating func appendInterpolation(_ pieces: [HTML]) { markup += HTML(pieces).markup }

    /// A text, escaped.
    package mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    /// A number.
    package mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }

    /// A file inside the page.
    package mutating func appendInterpolation(_ resource: DataURI) { markup += resource.text }

    /// A style sheet or a script of the program's own.
    package mutating func appendInterpolation(_ asset: ReportAsset) { markup += asset.text }

    /// A style sheet that the program made of its own.
    mutating func appendInterpolation(styleSheet: String) { markup += styleSheet }

    /// A file of the program's own, or data in a form that holds no markup, as it is.
    package mutating func appendInterpolation(file text: String) { markup += text }

    /// A length or a place in a drawing, to a hundredth.
    package mutating func appendInterpolation(_ coordinate: Double) {
      markup += NumberText.coordinate(coordinate)
    }
  }

  /// `text` fit for the content of an element and for an attribute between quotes, in HTML and in XML.
  ///
  /// Characters that a page may not hold, and those that turn the direction of all that follows, become U+FFFD.
  package static func escaped(_ text: String) -> String {
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}", "\u{FFFE}", "\u{FFFF}":
        result += "\u{FFFD}"
      default:
        let isControl = scalar.properties.generalCategory == .control
        result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
