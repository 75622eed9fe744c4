import Foundation
import JointVAEFiles

/// The transfer of a file from one of its mirrors.
struct Transfer {
  let download: Download
  let mirror: String
  let policy: DownloadPolicy
  let progress: (DownloadProgress) -> Void

  /// Why an attempt failed.
  private enum Failure: Error {
    /// It may succeed another time.
    case passing(String)
    /// It sends something, but so slowly that it counts as nothing.
    case slow(String)
    /// There is no way to the server.
    case unreachable(String)
    /// This mirror does not have the file.
    case lasting(String)
  }

  /// Asks for what `partial` lacks until it is whole and right.
  ///
  /// - Throws: `MirrorFailure` when it does not succeed, `FileError` when it cannot be written.
  func complete(_ partial: PartialFile) throws {
    guard let url = URL(string: mirror), url.host() != nil,
      ["http", "https"].contains(url.scheme?.lowercased())
    else { throw failure("is not an http or https address") }
    var fruitless = 0
    let start = partial.count
    for _ in 0..<max(1, policy.mostAttempts) {
      let before = partial.count
      do {
        try attempt(url, partial)
        return
      } catch Failure.lasting(let problem) {
        throw failure(problem)
      } catch Failure.passing(let problem) {
        fruitless = partial.count > before ? 1 : fruitless + 1
        try pause(after: fruitless, problem)
      } catch Failure.unreachable(let problem) {
        // Before the first byte there is no network, or no such server; later it may be back in a moment.
        guard partial.count > start else {
          throw DownloadError.MirrorFailure(mirror: mirror, problem: problem, isUnreachable: true)
        }
        fruitless += 1
        try pause(after: fruitless, problem)
      } catch Failure.slow(let problem) {
        fruitless += 1
        try pause(after: fruitless, problem)
      }
    }
    throw failure("was asked \(policy.mostAttempts) times and never sent the whole file")
  }

  /// Waits before the next attempt.
  /// - Throws: `MirrorFailure` when enough attempts were fruitless.
  private func pause(after fruitless: Int, _ problem: String) throws {
    if fruitless >= policy.attempts { throw failure(problem) }
    Thread.sleep(forTimeInterval: policy.pause(after: fruitless))
  }

  private func failure(_ problem: String) -> DownloadError.MirrorFailure {
    DownloadError.MirrorFailure(mirror: mirror, problem: problem)
  }

  /// Asks once, and compares the checksum when the file is whole.
  private func attempt(_ url: URL, _ partial: PartialFile) throws {
    if let byteCount = download.byteCount, partial.count > byteCount { try partial.empty() }
    let kept = partial.count
    // A process may have ended when all was there.
    if kept > 0, try partial.digest(like: download.checksum) == download.checksum.digest { return }
    try receive(url, partial)
    let digest = try partial.digest(like: download.checksum)
    guard digest != download.checksum.digest else { return }
    try partial.empty()
    let problem =
      "sends other bytes: their \(download.checksum.name) is \(digest), expected "
      + download.checksum.digest
    // What was kept from before may be what is wrong.
    throw kept > 0 ? Failure.passing(problem) : Failure.lasting(problem)
  }

  /// Asks for the bytes that `partial` lacks and appends them.
  private func receive(_ url: URL, _ partial: PartialFile) throws {
    // Packing on the way would make the places of bytes others than the file's.
    var headers = ["Accept-Encoding": "identity", "User-Agent": "jointvae"]
    if partial.count > 0 {
      headers["Range"] = "bytes=\(partial.count)-"
      headers["If-Range"] = partial.version(from: mirror)
    }
    // Nothing more is received once this function returns.
    let exchange = HTTPExchange(
      url, headers: headers, redirects: RedirectRule(limit: policy.redirects))
    let answer = try answer(exchange)
    let total = try accept(answer, refusal: exchange.refusal, partial)
    try partial.note(answer.version, from: mirror)
    try append(exchange, to: partial, total: total)
  }

  private func answer(_ exchange: HTTPExchange) throws -> HTTPAnswer {
    switch exchange.next(within: policy.answerTimeout) {
    case .answer(let answer): return answer
    case .end(let problem):
      let words = "cannot be reached: \(problem ?? "no answer")"
      throw exchange.isUnreachable ? Failure.unreachable(words) : Failure.passing(words)
    case .bytes: throw Failure.passing("sends bytes without an answer")
    case nil: throw Failure.passing("does not answer within \(policy.answerTimeout) seconds")
    }
  }

  /// Makes `partial` fit for the bytes that follow `answer`.
  ///
  /// - Returns: the bytes there will be in all; nil when unknown.
  private func accept(
    _ answer: HTTPAnswer, refusal: String?, _ partial: PartialFile
  ) throws -> Int? {
    let total: Int?
    switch answer.status {
    case 200: total = answer.bodyByteCount
    case 206 where answer.range?.first == partial.count:
      total = answer.range?.total
    case 206, 416:
      // The server's file is shorter than what is here, or it counts otherwise.
      try partial.empty()
      throw Failure.passing("answers \(answer.status) to a part of the file")
    case 300..<400:
      throw Failure.lasting(refusal ?? "redirects to nowhere")
    case 408, 425, 429, 500..<600:
      throw Failure.passing("answers \(answer.status)")
    default:
      throw Failure.lasting("answers \(answer.status)")
    }
    // Some servers call a .gz file packed and send the file itself, which its length shows.
    if let encoding = answer.encoding, total == nil || total != download.byteCount {
      throw Failure.lasting(
        "sends the file packed as \(encoding.quoted), which was not asked for; expected its own bytes"
      )
    }
    if download.byteCount == nil, let total, total > policy.largestByteCount {
      throw Failure.lasting(
        "has a file of \(total) bytes; expected at most \(policy.largestByteCount)")
    }
    if let total, let byteCount = download.byteCount, total != byteCount {
      throw Failure.lasting("has a file of \(total) bytes; expected \(byteCount)")
    }
    // The whole file, also for a part asked for: the server knows no parts, or has another version
    // now.
    if answer.status == 200, partial.count > 0 { try partial.empty() }
    return download.byteCount ?? total
  }

  private func append(_ exchange: HTTPExchange, to partial: PartialFile, total: Int?) throws {
    var meter = ProgressMeter(from: partial.count, of: total, mirror: mirror, progress)
    let limit = total ?? policy.largestByteCount
    var window = (start: ContinuousClock.now, byteCount: partial.count)
    while true {
      switch exchange.next(within: policy.stallTimeout) {
      case .bytes(let data):
        guard data.count <= limit - partial.count else {
          try partial.empty()
          throw Failure.lasting("sends more than the \(limit) bytes expected")
        }
        try data.withUnsafeBytes { try partial.append($0) }
        meter.update(partial.count)
        guard window.start.duration(to: .now) >= .seconds(policy.slowTimeout) else { continue }
        let received = partial.count - window.byteCount
        guard received >= policy.leastByteCount || partial.count == total else {
          throw Failure.slow(
            "is too slow: \(received) bytes in \(policy.slowTimeout) seconds, after "
              + "\(partial.count) bytes")
        }
        window = (.now, partial.count)
      case .end(nil) where total == nil: return
      // What went wrong after the last byte does not matter.
      case .end where partial.count == total: return
      case .end(let problem):
        throw Failure.passing(
          "ends the transfer after \(partial.count) bytes: \(problem ?? "too early")")
      case .answer: continue
      case nil:
        throw Failure.passing(
          "sends nothing for \(policy.stallTimeout) seconds, after \(partial.count) bytes")
      }
    }
  }
}
