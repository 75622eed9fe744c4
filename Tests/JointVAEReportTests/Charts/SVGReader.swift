import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What an SVG says and draws, as a strict parser of XML reads it.
struct SVGReader {
  /// An element and the text in it, that of its own children left out.
  struct Element {
    var name: String
    var attributes: [String: String]
    var text = ""

    func number(_ attribute: String) throws -> Double {
      try #require(Double(attributes[attribute] ?? ""), "\(attribute) of \(name)")
    }

    /// The classes of the style sheet.
    var classes: [String] { (attributes["class"] ?? "").split(separator: " ").map(String.init) }
  }

  /// All elements, in the order in which they begin.
  let elements: [Element]

  /// Reads an SVG file, or the first drawing of some other markup.
  init(_ markup: String) throws {
    let start = try #require(markup.range(of: "<svg "))
    let end = try #require(markup.range(of: "</svg>"))
    let collector = Collector()
    let parser = XMLParser(data: Data(markup[start.lowerBound..<end.upperBound].utf8))
    parser.delegate = collector
    let isWellFormed = parser.parse()
    #expect(isWellFormed, "\(String(describing: parser.parserError)) in \(markup)")
    elements = collector.elements
  }

  /// All elements called `name`.
  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

  /// The texts, as they are shown.
  var texts: [String] { all("text").map(\.text) }

  /// Every number of the places of lines and marks.
  var coordinates: [Double] {
    elements.flatMap { element in
      ["d", "cx", "cy", "x", "y", "width", "height"].flatMap { name in
        (element.attributes[name] ?? "").split { "MLHV ".contains($0) }.filter { $0 != "100%" }
          .map { Double($0) ?? .nan }
      }
    }
  }

  /// The places from `M` on of each path with these classes.
  func paths(_ classes: String) -> [[[Double]]] {
    all("path").filter { $0.attributes["class"] == classes }.map { path in
      (path.attributes["d"] ?? "").split { "ML".contains($0) }.map { place in
        place.split(separator: " ").compactMap { Double($0) }
      }
    }
  }

  /// From where to where a text reaches across, in a wide font.
  static func extent(of text: Element) throws -> ClosedRange<Double> {
    let sizes = ["tick": 11.5, "name": 12, "row": 12.5, "title": 14]
    let size = try #require(sizes[text.classes.first ?? ""], "a text of no size: \(text)")
    let width = text.text.reduce(0) { $0 + advance($1) } * size
    let x = try text.number("x")
    switch text.attributes["text-anchor"] ?? "start" {
    case "end": return x - width...x
    case "middle": return x - width / 2...x + width / 2
    default: return x...x + width
    }
  }

  /// The width of a letter of DejaVu Sans, as a share of its size; of others than these, that of most small letters.
  private static func advance(_ letter: Character) -> Double {
    switch letter {
    case "0"..."9": 0.636
    case " ", ".", ",", ":": 0.337
    case "-", "(", ")": 0.39
    case "W", "字", "…": 1
    default: 0.61
    }
  }

  private final class Collector: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    private var open: [Int] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      open.append(elements.count)
      elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if let last = open.last { elements[last].text += string }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) {
      open.removeLast()
    }
  }
}
