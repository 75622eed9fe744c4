import CLibrary

/// A connection of a browser: what it has asked, and what it has still to get.
///
/// No call waits. A reader of events gets the newest message of each kind whenever it has taken the last ones, so a slow
/// one skips what lies between. One that takes nothing for a while is dropped.
final class LiveConnection {
  /// What is going on.
  private enum Phase {
    /// The head of the request comes in.
    case reading
    /// The answer goes out, and the connection ends with it.
    case answering
    /// Events go out as they come.
    case following
    /// All is sent; the browser closes.
    case leaving
    /// Nothing more is to be done.
    case over
  }

  let descriptor: Int32
  private var phase = Phase.reading
  private var input: [UInt8] = []
  private var output: [UInt8] = []
  private var sent = 0
  /// The numbers of the messages that went out last, by kind.
  private var seen: [String: Int] = [:]
  /// When it is dropped; nil while nothing is expected of the other side.
  private(set) var deadline: ContinuousClock.Instant?

  /// How long the other side may take to ask, or to take something.
  private let patience: Duration
  /// How long it may take to leave.
  private static let parting = Duration.seconds(1)

  init(_ descriptor: Int32, patience: Duration, now: ContinuousClock.Instant) {
    self.descriptor = descriptor
    self.patience = patience
    deadline = now + patience
  }

  deinit { close(descriptor) }

  /// Whether it follows the events.
  var isFollowing: Bool { phase == .following }
  /// Whether something waits to go out.
  var hasOutput: Bool { sent < output.count }
  /// Whether it can be forgotten.
  var isOver: Bool { phase == .over }

  /// Takes in what has come, and answers a whole request.
  func receive(
    now: ContinuousClock.Instant, answer: (RequestHead.Reading) -> LiveResponse
  ) {
    var bytes = [UInt8](repeating: 0, count: 4096)
    // One that never stops sending does not keep the others waiting.
    for _ in 0..<16 where phase != .over {
      let count = recv(descriptor, &bytes, bytes.count, 0)
      if count < 0 {
        if errno == EINTR { continue }
        if errno != EAGAIN { phase = .over }
        return
      }
      guard count > 0 else {
        // A browser that has sent all may close its side first; one that asked nothing, or follows, is gone.
        phase = phase == .answering && hasOutput ? .answering : .over
        return
      }
      guard phase == .reading else { continue }
      input += bytes[..<count]
      let reading = RequestHead.read(input)
      if reading == .unfinished { continue }
      input = []
      begin(answer(reading), now: now)
    }
  }

  /// Begins to send an answer.
  func begin(_ response: LiveResponse, now: ContinuousClock.Instant) {
    output = response.bytes
    sent = 0
    phase = response.isStream ? .following : .answering
    deadline = now + patience
  }

  /// Adds the newest message of each kind that has not gone out, once the last ones have.
  func follow(_ messages: [LiveMessage]) {
    guard phase == .following, !hasOutput else { return }
    output = []
    sent = 0
    for message in messages where seen[message.kind] != message.number {
      seen[message.kind] = message.number
      output += message.bytes
    }
  }

  /// Sends what the other side takes.
  func send(now: ContinuousClock.Instant) {
    while hasOutput, phase == .answering || phase == .following {
      let count = output.withUnsafeBytes { bytes in
        let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
        return sendBytes(descriptor, rest)
      }
      if count < 0 {
        if errno == EINTR { continue }
        if errno != EAGAIN { phase = .over }
        return
      }
      sent += count
      deadline = now + patience
    }
    guard !hasOutput else { return }
    switch phase {
    case .following: deadline = nil
    case .answering:
      shutdown(descriptor, Int32(SHUT_WR))
      phase = .leaving
      deadline = now + Self.parting
    case .reading, .leaving, .over: break
    }
  }

  /// Drops it when its time is up; one that has not asked gets a word.
  func check(now: ContinuousClock.Instant) {
    guard let deadline, deadline <= now else { return }
    guard phase == .reading else {
      phase = .over
      return
    }
    begin(.refusal(.timeout, "The request did not come in time."), now: now)
    send(now: now)
  }
}

/// `send` without a signal when the other side is gone.
private func sendBytes(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  #if canImport(Darwin)
    send(descriptor, bytes.baseAddress, bytes.count, 0)
  #else
    send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
  #endif
}
