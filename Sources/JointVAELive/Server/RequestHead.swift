/// The head of an HTTP/1 request (RFC 9112), read with a limit.
struct RequestHead: Hashable, Sendable {
  /// Such as `GET`.
  let method: String
  /// Such as `/events`.
  let target: String
  /// Values by their fields' names in small letters; one that comes twice has two.
  private let fields: [String: [String]]

  /// Bytes beyond which no head is read.
  static let limit = 8192

  /// What bytes are so far.
  enum Reading: Hashable, Sendable {
    /// The head goes on.
    case unfinished
    /// More bytes than a head may have.
    case tooLong
    /// No request of HTTP/1.
    case malformed
    /// A whole head.
    case whole(RequestHead)
  }

  /// Reads a head from the first bytes of a connection. What follows it is of no interest: a `GET` has no body.
  static func read(_ bytes: [UInt8]) -> Reading {
    guard let end = end(of: bytes) else { return bytes.count < limit ? .unfinished : .tooLong }
    guard end <= limit else { return .tooLong }
    guard let head = RequestHead(bytes[..<end]) else { return .malformed }
    return .whole(head)
  }

  /// The value of a field that stands there once; nil where there is none, or several that contradict each other.
  func only(_ name: String) -> String? {
    guard let values = fields[name], values.count == 1 else { return nil }
    return values[0]
  }

  /// Whether there is such a field.
  func has(_ name: String) -> Bool { fields[name] != nil }

  /// Where the empty line begins.
  private static func end(of bytes: [UInt8]) -> Int? {
    let mark: [UInt8] = [13, 10, 13, 10]
    guard bytes.count >= mark.count else { return nil }
    return (0...bytes.count - mark.count).first { bytes[$0..<$0 + mark.count].elementsEqual(mark) }
  }

  private init?(_ bytes: ArraySlice<UInt8>) {
    // Fields may hold other letters, but none of those that are read here do.
    guard bytes.allSatisfy({ (32..<127).contains($0) || [9, 10, 13].contains($0) }) else {
      return nil
    }
    let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }
    let words = lines[0].split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 3, ["HTTP/1.0", "HTTP/1.1"].contains(words[2]), words[1].hasPrefix("/"),
      !words[0].isEmpty, words[0].allSatisfy(\.isLetter)
    else { return nil }
    (method, target) = (words[0], words[1])
    var fields: [String: [String]] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let name = line[..<colon]
      // A line that begins with a space goes on with the one before it, which no program does any more.
      guard !name.isEmpty, !name.contains(where: { $0 == " " || $0 == "\t" }) else { return nil }
      let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
      let trimmed = value.reversed().drop(while: \.isWhitespace).reversed()
      fields[name.lowercased(), default: []].append(String(trimmed))
    }
    self.fields = fields
  }
}
