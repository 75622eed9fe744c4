/// The header of a server's answer, line by line.
package struct HTTPHeader {
  /// What is wrong with a header.
  package struct Problem: Error {
    /// In words, after the name of the mirror.
    package var problem: String
  }

  /// The answer's number.
  package private(set) var status = 0
  /// Whether the empty line at its end has come.
  package private(set) var isComplete = false
  private var fields: [String: String] = [:]
  private var byteCount = 0

  /// Bytes of all headers of an answer.
  private static let limit = 1 << 16

  /// An empty header.
  package init() {}

  /// Takes the next line, with its end.
  /// - Throws: `Problem` when the header grows too long.
  package mutating func add(_ line: UnsafeRawBufferPointer) throws(Problem) {
    byteCount += line.count
    guard byteCount <= Self.limit else {
      throw Problem(problem: "sends a header of more than \(Self.limit) bytes")
    }
    let text = String(decoding: line, as: UTF8.self).filter { !$0.isNewline }
    if text.hasPrefix("HTTP/") {
      // An interim answer, or that of a proxy, is followed by another one.
      let words = text.split(separator: " ")
      (status, fields, isComplete) = (words.count > 1 ? Int(words[1]) ?? 0 : 0, [:], false)
    } else if text.isEmpty {
      isComplete = true
    } else if let colon = text.firstIndex(of: ":") {
      let name = text[..<colon].lowercased()
      let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      if fields[name] == nil {
        fields[name] = String(value.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
      }
    }
  }

  /// Whether another header follows this one.
  package var isInterim: Bool { (100..<200).contains(status) }

  /// Where the answer leads, as the server writes it; nil when it leads nowhere.
  package var redirect: String? {
    [301, 302, 303, 307, 308].contains(status) ? self["Location"] : nil
  }

  /// The value of a field, whatever the case of its name.
  package subscript(name: String) -> String? { fields[name.lowercased()] }
}
