/// What a connection sends first.
struct LiveResponse: Hashable, Sendable {
  /// Head and body.
  let bytes: [UInt8]
  /// Whether events follow.
  let isStream: Bool

  /// The page.
  static func page(_ html: [UInt8], policy: String) -> LiveResponse {
    LiveResponse(
      status: "200 OK", type: "text/html; charset=utf-8", body: html,
      more: ["Content-Security-Policy: \(policy); frame-ancestors 'none'"])
  }

  /// The head of an endless answer, to which events are added (the HTML standard, "Server-sent events").
  static let events = LiveResponse(status: "200 OK", type: "text/event-stream; charset=utf-8")

  /// Where the page is; relative, so that it stays with the host that the browser asked.
  static func redirection(to path: String) -> LiveResponse {
    LiveResponse(
      status: "308 Permanent Redirect", type: "text/plain; charset=utf-8", body: [],
      more: ["Location: \(path)"])
  }

  /// A refusal, with a sentence for the person in front of the browser.
  static func refusal(_ status: LiveAddress.Status, _ sentence: String) -> LiveResponse {
    LiveResponse(
      status: status.rawValue, type: "text/plain; charset=utf-8",
      body: Array((sentence + "\n").utf8), more: status == .notAllowed ? ["Allow: GET"] : [])
  }

  /// - Parameter body: nil for one without end.
  private init(status: String, type: String, body: [UInt8]? = nil, more: [String] = []) {
    var lines = ["HTTP/1.1 \(status)", "Content-Type: \(type)"]
    if let body { lines.append("Content-Length: \(body.count)") }
    // The address holds the token: no other page learns it, and no cache keeps what it leads to.
    lines += [
      "Connection: close", "Cache-Control: no-store", "Referrer-Policy: no-referrer",
      "X-Content-Type-Options: nosniff", "X-Frame-Options: DENY",
      "Cross-Origin-Resource-Policy: same-origin", "Cross-Origin-Opener-Policy: same-origin",
    ]
    let head = (lines + more).joined(separator: "\r\n") + "\r\n\r\n"
    bytes = Array(head.utf8) + (body ?? [])
    isStream = body == nil
  }
}

/// The newest message of a kind, as it goes to browsers.
struct LiveMessage: Hashable, Sendable {
  /// What the page's script calls it.
  let kind: String
  /// Counted from 1.
  let number: Int
  /// The lines of the event.
  let bytes: [UInt8]

  /// - Parameter json: an object in one line.
  init(_ kind: String, number: Int, json: String) {
    self.kind = kind
    self.number = number
    bytes = Array("event: \(kind)\ndata: \(json)\n\n".utf8)
  }
}
