/// A piece of a page, in which every text is escaped by its type.
///
/// The words of a literal are markup; a `String` put between them is text and is escaped, another `HTML` is not. As literals are
/// `StaticString`s, nothing that is known only when the program runs becomes markup:
///
///     let row: HTML = "<td>\(name)</td>"
struct HTML: Hashable, Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  private(set) var markup: String

  /// Nothing.
  static let empty: HTML = ""

  init(stringLiteral value: StaticString) { markup = "\(value)" }

  init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// `pieces` one after the other, each on a line of its own.
  init(_ pieces: [HTML]) {
    markup = pieces.lazy.map(\.markup).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// `text`, escaped.
  init(text: String) { markup = Self.escaped(text) }

  /// Adds `other` at the end.
  static func += (left: inout HTML, right: HTML) { left.markup += right.markup }

  /// Collects the literals and the values between them.
  struct Interpolation: StringInterpolationProtocol {
    fileprivate(set) var markup = ""

    init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { markup += String(decoding: $0, as: UTF8.self) }
    }

    mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    mutating func appendInterpolation(_ pieces: [HTML]) { markup += HTML(pieces).markup }

    mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }

    mutating func appendInterpolation(_ resource: DataURI) { markup += resource.text }

    /// A length or a place in a drawing, to a hundredth.
    mutating func appendInterpolation(_ coordinate: Double) {
      markup += NumberText.coordinate(coordinate)
    }
  }

  /// `text` fit for the content of an element and for an attribute between quotes.
  ///
  /// Characters that a page may not hold, and those that turn the direction of all that follows, become U+FFFD.
  static func escaped(_ text: String) -> String {
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
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": result += "\u{FFFD}"
      default:
        let isControl = scalar.properties.generalCategory == .control
        result.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
