import Dispatch
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

/// A question to a web server, and its answer as it comes in, for a caller that waits for it.
///
/// Proxies are those of the system: on Linux the environment's `http_proxy`, `https_proxy` and
/// `no_proxy`, which libcurl reads beneath `URLSession`.
final class HTTPExchange: NSObject, URLSessionDataDelegate, Sendable {
  /// What comes in.
  enum Event: Sendable {
    case answer(HTTPAnswer)
    case bytes(Data)
    /// The end, with what is wrong when it came too early.
    case end(String?)
  }

  private struct State {
    var events: [Event] = []
    var redirectCount = 0
    /// Why a redirect was not followed.
    var refusal: String?
  }

  private let state = Mutex(State())
  private let arrival = DispatchSemaphore(value: 0)
  private let redirects: RedirectRule

  /// Follows the redirects that `redirects` allows.
  init(redirects: RedirectRule) {
    self.redirects = redirects
  }

  /// Asks for `url` with `headers`, and calls `body`; all is over when that returns.
  func ask<Result>(
    _ url: URL, headers: [String: String], _ body: (HTTPExchange) throws -> Result
  ) rethrows -> Result {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.urlCache = nil
    configuration.httpShouldSetCookies = false
    // The caller limits the wait.
    configuration.timeoutIntervalForRequest = 24 * 3600
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    var request = URLRequest(url: url, cachePolicy: .reloadIgnoringLocalCacheData)
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    session.dataTask(with: request).resume()
    return try body(self)
  }

  /// Waits for what comes next; nil when nothing does for so many seconds.
  func next(within seconds: Double) -> Event? {
    guard arrival.wait(timeout: .now() + seconds) == .success else { return nil }
    return state.withLock { $0.events.isEmpty ? nil : $0.events.removeFirst() }
  }

  /// Why a redirect was not followed; nil when none was refused.
  var refusal: String? { state.withLock { $0.refusal } }

  private func add(_ event: Event) {
    state.withLock { $0.events.append(event) }
    arrival.signal()
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    if let response = response as? HTTPURLResponse {
      add(
        .answer(
          HTTPAnswer(status: response.statusCode) { response.value(forHTTPHeaderField: $0) }))
    }
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    add(.bytes(data))
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    add(.end(error.map(\.localizedDescription)))
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask,
    willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
    completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    let refusal = state.withLock { state in
      state.redirectCount += 1
      state.refusal = redirects.refusal(
        of: state.redirectCount, from: response.url, to: request.url)
      return state.refusal
    }
    completionHandler(refusal == nil ? request : nil)
  }
}
