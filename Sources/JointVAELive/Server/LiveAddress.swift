/// Where the page of a training is served: a port of this machine, and a token that only the reader of the terminal knows.
///
/// It decides about every request. Any page in a browser, and any user of the machine, may send requests to a port of it. So
/// a request needs the token, the host that it thinks it asks has to be this machine (else a name of another host that
/// leads here would share the page with that host's scripts), and no page of another origin may send it.
package struct LiveAddress: Hashable, Sendable, CustomStringConvertible {
  /// The port of 127.0.0.1.
  package let port: Int
  /// 32 digits of base 16.
  package let token: String

  /// An address with a token of 128 random bits.
  init(port: Int) {
    self.port = port
    var random = SystemRandomNumberGenerator()
    token = (0..<2).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// What a browser opens.
  package var description: String { "http://127.0.0.1:\(port)/\(token)/" }

  /// What a request gets.
  enum Answer: Hashable, Sendable {
    /// The page.
    case page
    /// The events of the training, until it ends.
    case events
    /// The page's address with the slash that it lacked.
    case slash
    /// A status other than success, and a sentence.
    case refused(Status, String)
  }

  /// A status of HTTP.
  enum Status: String, Sendable {
    case badRequest = "400 Bad Request"
    case forbidden = "403 Forbidden"
    case notFound = "404 Not Found"
    case notAllowed = "405 Method Not Allowed"
    case timeout = "408 Request Timeout"
    case tooLong = "431 Request Header Fields Too Large"
    case busy = "503 Service Unavailable"
  }

  /// What a request with this head gets.
  func answer(to head: RequestHead) -> Answer {
    guard let host = head.only("host"), hosts.contains(host.lowercased()) else {
      return .refused(.forbidden, "This page answers to 127.0.0.1 and localhost only.")
    }
    if head.has("origin") {
      guard let origin = head.only("origin"), hosts.contains(where: { origin == "http://\($0)" })
      else { return .refused(.forbidden, "Pages of other origins may not read this one.") }
    }
    guard head.method == "GET" else {
      return .refused(.notAllowed, "Only GET is answered.")
    }
    let parts = head.target.dropFirst().split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, isToken(first) else {
      return .refused(
        .forbidden, "The address lacks its token. Open the whole address that the program printed.")
    }
    switch parts.count > 1 ? parts[1] : nil {
    case nil: return .slash
    case "": return .page
    case "events": return .events
    default: return .refused(.notFound, "There is no such page.")
    }
  }

  /// The values of `Host` that mean this server.
  private var hosts: [String] {
    let names = ["127.0.0.1", "localhost"]
    return names.map { "\($0):\(port)" } + (port == 80 ? names : [])
  }

  /// Compares all digits, so that the time does not tell how many are right.
  private func isToken(_ text: Substring) -> Bool {
    guard text.utf8.count == token.utf8.count else { return false }
    return zip(text.utf8, token.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
