import CCurl
import Foundation
import JointVAEFiles

/// A question to a web server, and its answer as it comes in, for a caller that waits for it.
///
/// Bytes come in only while the caller asks for what is next, so a server that sends more than is wanted fills no memory.
/// Proxies are those of the environment: `http_proxy`, `https_proxy` and `no_proxy`, which libcurl reads.
final class HTTPExchange {
  /// What comes in.
  enum Event {
    case answer(HTTPAnswer)
    case bytes(Data)
    /// The end, with what is wrong when it came too early.
    case end(String?)
  }

  /// Why a redirect was not followed; nil when none was refused.
  private(set) var refusal: String?
  /// Whether it ended because there was no way to the server.
  private(set) var isUnreachable = false
  private let redirects: RedirectRule
  private let headers: [String]
  private var url: URL
  private var transfer: OpaquePointer?
  private var events: [Event] = []
  private var redirectCount = 0
  /// Where the answer that has just come in leads.
  private var redirect: URL?
  private var header = HTTPHeader()
  /// Why the header is not read any further.
  private var headerProblem: String?
  private var isAnswered = false
  private var isOver = false

  /// Asks for `url` with lines of `headers`, and follows the redirects that `redirects` allows.
  init(_ url: URL, headers: [String: String], redirects: RedirectRule) {
    self.url = url
    self.headers = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    self.redirects = redirects
  }

  deinit { close() }

  /// Waits for what comes next; nil when nothing does for so many seconds.
  func next(within seconds: Double) -> Event? {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while events.isEmpty {
      if isOver { return .end(nil) }
      guard transfer != nil || begin() else { continue }
      let isRunning = jointvae_transfer_advance(transfer) != 0
      if follow() || !events.isEmpty { continue }
      guard isRunning else {
        finish()
        continue
      }
      let left = ContinuousClock.now.duration(to: deadline) / .milliseconds(1)
      guard left > 0 else { return nil }
      jointvae_transfer_wait(transfer, Int32(min(left.rounded(.up), 1000)))
    }
    return events.removeFirst()
  }

  /// Sends the question; false when that cannot be, which is then the next event.
  private func begin() -> Bool {
    header = HTTPHeader()
    let context = Unmanaged.passUnretained(self).toOpaque()
    let lines = headers.map { strdup($0) }
    defer { for line in lines { free(line) } }
    let pointers = lines.map { UnsafePointer($0) }
    transfer = jointvae_transfer_new(
      url.absoluteString, pointers, pointers.count,
      { bytes, size, count, context in
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return HTTPExchange.of(context)?.takeHeader(line) == true ? line.count : 0
      },
      { bytes, size, count, context in
        let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
        HTTPExchange.of(context)?.takeBody(piece)
        return piece.count
      }, context)
    if transfer != nil { return true }
    end(jointvae_curl_problem().map { String(cString: $0) } ?? "there is no memory for it")
    return false
  }

  /// The exchange that a transfer was made for; it outlives the transfer.
  private static func of(_ context: UnsafeMutableRawPointer?) -> HTTPExchange? {
    context.map { Unmanaged<HTTPExchange>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Takes a line of a header; false to end the transfer.
  private func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    // What follows the body is not part of the answer.
    if isAnswered { return true }
    do { try header.add(line) } catch {
      headerProblem = error.problem
      return false
    }
    guard header.isComplete, !header.isInterim else { return true }
    if let place = header.redirect {
      redirectCount += 1
      let target = URL(string: place, relativeTo: url)?.absoluteURL
      refusal = redirects.refusal(of: redirectCount, from: url, to: target)
      if refusal == nil {
        redirect = target
        return false
      }
    }
    isAnswered = true
    events.append(.answer(HTTPAnswer(status: header.status) { header[$0] }))
    return true
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) {
    if isAnswered { events.append(.bytes(Data(bytes))) }
  }

  /// Turns to where a redirect leads; false when there is none.
  private func follow() -> Bool {
    guard let redirect else { return false }
    close()
    (url, self.redirect) = (redirect, nil)
    return true
  }

  private func finish() {
    isUnreachable = jointvae_transfer_is_unreachable(transfer) != 0
    end(headerProblem ?? jointvae_transfer_problem(transfer).map { String(cString: $0) })
  }

  private func end(_ problem: String?) {
    isOver = true
    events.append(.end(problem))
  }

  private func close() {
    if let transfer { jointvae_transfer_free(transfer) }
    transfer = nil
  }
}
