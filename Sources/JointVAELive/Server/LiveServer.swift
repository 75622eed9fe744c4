import CLibrary
import Dispatch
import JointVAE
import Synchronization

/// Serves one page and its events to browsers on this machine, by one thread that no caller waits for.
///
/// Why it is code of our own: the small server that the examples use (FlyingFox 0.27) reads lines of any length, takes any
/// number of connections, and waits for a slow reader without end. Hummingbird would bring a dozen packages for two paths.
package final class LiveServer: Sendable {
  /// What a browser opens.
  package let address: LiveAddress
  private let socket: LoopbackSocket
  private let page: LiveResponse
  private let news: WakePipe
  private let state = Mutex(State())
  private let readers = Atomic(0)
  private let patience: Duration
  private let ended = DispatchSemaphore(value: 0)

  /// Browsers that follow at a time; one too many gets a word.
  package static let readerLimit = 16
  /// Connections at a time; others wait until one of these ends.
  private static let connectionLimit = 64
  /// How long the end waits for readers to take the last message.
  private static let farewell = Duration.seconds(2)

  private struct State {
    /// The newest message of each kind, in the order in which the kinds came first.
    var messages: [LiveMessage] = []
    var isEnding = false
  }

  /// Begins to serve.
  ///
  /// - Parameters:
  ///   - port: of 127.0.0.1; 0 for a free one.
  ///   - page: the document.
  ///   - policy: what the page may load.
  ///   - patience: how long a browser may take to ask, or to take something that was sent, before it is dropped.
  /// - Throws: `ConfigurationError` when the port cannot be had.
  package init(
    port: Int, page: [UInt8], policy: String, patience: Duration = .seconds(10)
  ) throws {
    self.patience = patience
    socket = try LoopbackSocket(port: port)
    news = try WakePipe()
    address = LiveAddress(port: socket.port)
    self.page = .page(page, policy: policy)
    BackgroundThread.start { [self] in
      serve()
      ended.signal()
    }
  }

  /// Browsers that follow the events now.
  package var readerCount: Int { readers.load(ordering: .relaxed) }

  /// Gives the newest message of a kind to all who follow. It returns at once.
  /// - Parameter json: an object in one line.
  package func publish(_ kind: String, json: String) {
    state.withLock { state in
      let place = state.messages.firstIndex { $0.kind == kind }
      let number = place.map { state.messages[$0].number + 1 } ?? 1
      let message = LiveMessage(kind, number: number, json: json)
      if let place { state.messages[place] = message } else { state.messages.append(message) }
    }
    news.ring()
  }

  /// Ends the streams after what is published, and the server: at the latest after two seconds.
  package func end() {
    state.withLock { $0.isEnding = true }
    news.ring()
    ended.wait()
    // A second call returns at once.
    ended.signal()
  }

  // MARK: The thread

  private func serve() {
    defer { socket.close() }
    var connections: [LiveConnection] = []
    var acceptsAgain: ContinuousClock.Instant?
    var end: ContinuousClock.Instant?
    while true {
      let now = ContinuousClock.now
      // Elements of its own: an array that both threads held would be shared until one of them writes.
      let (messages, isEnding) = state.withLock { ($0.messages.map(\.self), $0.isEnding) }
      if isEnding, end == nil { end = now + Self.farewell }
      for connection in connections {
        connection.check(now: now)
        connection.send(now: now)
        connection.follow(messages)
        connection.send(now: now)
      }
      connections.removeAll(where: \.isOver)
      readers.store(connections.count(where: \.isFollowing), ordering: .relaxed)
      if let end, end <= now || !connections.contains(where: \.hasOutput) { return }
      if let time = acceptsAgain, time <= now { acceptsAgain = nil }
      let isCalled = wait(
        connections,
        accepts: acceptsAgain == nil && end == nil && connections.count < Self.connectionLimit,
        until: (connections.map(\.deadline) + [acceptsAgain, end]).compactMap { $0 }.min())
      news.clear()
      if isCalled {
        do { try accept(to: &connections) } catch {
          // No room for more: those that are there go first.
          acceptsAgain = ContinuousClock.now + .seconds(1)
        }
      }
      for connection in connections {
        connection.receive(now: ContinuousClock.now) { reading in
          answer(reading, followers: connections.count(where: \.isFollowing))
        }
      }
    }
  }

  /// Waits until there is something to do; whether a new connection is there.
  private func wait(
    _ connections: [LiveConnection], accepts: Bool, until deadline: ContinuousClock.Instant?
  ) -> Bool {
    var watched = [pollfd(fd: news.descriptor, events: Int16(POLLIN), revents: 0)]
    // A negative descriptor is passed over.
    watched.append(
      pollfd(fd: accepts ? socket.descriptor : -1, events: Int16(POLLIN), revents: 0))
    for connection in connections {
      let events = POLLIN | (connection.hasOutput ? POLLOUT : 0)
      watched.append(pollfd(fd: connection.descriptor, events: Int16(events), revents: 0))
    }
    var milliseconds: Int32 = -1
    if let deadline {
      let rest = (deadline - ContinuousClock.now) / .milliseconds(1)
      milliseconds = Int32(max(0, min(rest, 60_000).rounded(.up)))
    }
    guard poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return false }
    return watched[1].revents != 0
  }

  private func accept(to connections: inout [LiveConnection]) throws {
    while connections.count < Self.connectionLimit, let descriptor = try socket.accept() {
      connections.append(
        LiveConnection(descriptor, patience: patience, now: ContinuousClock.now))
    }
  }

  private func answer(_ reading: RequestHead.Reading, followers: Int) -> LiveResponse {
    switch reading {
    case .unfinished, .malformed: .refusal(.badRequest, "This is no request of HTTP/1.1.")
    case .tooLong:
      .refusal(.tooLong, "The request has more than \(RequestHead.limit) bytes.")
    case .whole(let head):
      switch address.answer(to: head) {
      case .page: page
      case .events:
        followers < Self.readerLimit
          ? .events
          : .refusal(.busy, "Too many pages of this training are open. Close one of them.")
      case .slash: .redirection(to: "/\(address.token)/")
      case .refused(let status, let sentence): .refusal(status, sentence)
      }
    }
  }
}
