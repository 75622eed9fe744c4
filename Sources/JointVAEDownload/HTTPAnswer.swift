/// The start of a server's answer, as far as downloads need it.
package struct HTTPAnswer: Equatable, Sendable {
  /// 200 for a whole file, 206 for a part, and so on.
  package var status: Int
  /// The bytes that follow; nil when the server does not give it.
  package var bodyByteCount: Int?
  /// The part that follows; nil when it is the whole file or makes no sense.
  package var range: ContentRange?
  /// How the bytes are packed on the way, such as `gzip`; nil when they are the file's own.
  package var encoding: String?
  /// The server's name for this very version of the file (RFC 9110, section 8.8.3), in its quotes;
  /// nil without one, and for a weak one, which may stand for other bytes.
  package var version: String?

  /// An answer with the headers that `header` finds by name.
  package init(status: Int, header: (String) -> String?) {
    self.status = status
    bodyByteCount = header("Content-Length").flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
    encoding = header("Content-Encoding").flatMap {
      $0.lowercased() == "identity" || $0.isEmpty ? nil : $0
    }
    range = header("Content-Range").flatMap(ContentRange.init)
    version = header("ETag").flatMap { tag in
      let isPlain = tag.utf8.allSatisfy { (0x21...0x7e).contains($0) }
      return isPlain && tag.hasPrefix("\"") && tag.utf8.count <= 256 ? tag : nil
    }
  }
}

/// Which bytes of a file a server sends: `bytes 100-199/1000` (RFC 9110, section 14.4).
package struct ContentRange: Equatable, Sendable {
  /// The place of the first byte.
  package var first: Int
  /// The place of the last byte.
  package var last: Int
  /// The file's length; nil when the server does not know.
  package var total: Int?

  /// Parses a header's value; nil when it makes no sense.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bytes" else { return nil }
    let parts = words[1].split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard ends.count == 2, let first = ends[0], let last = ends[1], first >= 0, last >= first,
      last < .max
    else { return nil }
    self.first = first
    self.last = last
    if parts[1] != "*" {
      guard let total = Int(parts[1]), total > last else { return nil }
      self.total = total
    }
  }
}
