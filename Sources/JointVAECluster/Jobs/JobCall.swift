import CLibrary
import Foundation
import JointVAEFiles

/// The job that this process was started for, by a rank that shares work with others.
///
/// A job is a process of its own, so that what ends it, such as a lack of memory, leaves the rank alive. It has the rank's
/// command line, and two variables name the job. Lines of JSON on its standard output say what happens. A byte a second on
/// its standard input says that the rank is well.
public struct JobCall: Sendable {
  /// The number of the job among those of the command.
  public let job: Int
  /// Threads that it may use.
  public let threads: Int

  static let jobVariable = "JOINTVAE_JOB"
  static let threadsVariable = "JOINTVAE_JOB_THREADS"

  /// Seconds without a word of the rank after which a job ends.
  static let patience: Int32 = 30

  /// The job of this process; nil when it is none.
  ///
  /// - Parameter environment: the variables of the process.
  public init?(environment: [String: String]) {
    guard let job = environment[Self.jobVariable].flatMap({ Int($0) }), job >= 0 else { return nil }
    self.job = job
    threads = max(1, environment[Self.threadsVariable].flatMap { Int($0) } ?? 1)
  }

  /// Closes the descriptors of the rank, whose MPI would take the job for the rank. It comes first: all others but the standard
  /// ones are closed, too.
  public static func closeInherited() {
    for descriptor in 3..<1024 as Range<Int32> { close(descriptor) }
  }

  /// Begins to listen to the rank.
  ///
  /// A job whose rank ends or hangs gets SIGTERM, and stops as it does when a person stops it: with a checkpoint.
  public func listen() {
    let thread = Thread {
      var place = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      var bytes = [UInt8](repeating: 0, count: 64)
      while true {
        let changes = poll(&place, 1, Self.patience * 1000)
        if changes < 0, errno == EINTR { continue }
        guard changes > 0, read(STDIN_FILENO, &bytes, bytes.count) > 0 else { break }
      }
      kill(getpid(), SIGTERM)
    }
    thread.start()
  }

  /// Says that something has happened.
  ///
  /// - Parameter event: what, in the words of the command.
  public func send(event: some Encodable) throws { try send(.event, event) }

  /// Says what came of the job, at its end.
  public func send(result: some Encodable) throws { try send(.result, result) }

  /// Says why the job failed, at its end.
  public func send(failure: String) throws { try send(.failure, failure) }

  private func send(_ kind: JobLine.Kind, _ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .jobs
    let body = String(decoding: try encoder.encode(value), as: UTF8.self)
    let line = try JSONEncoder().encode(JobLine(kind: kind, body: body))
    try (Array(line) + [UInt8(ascii: "\n")]).withUnsafeBytes { try writeAll($0, to: STDOUT_FILENO) }
  }
}

/// A line of a job.
struct JobLine: Codable, Hashable {
  enum Kind: String, Codable { case event, result, failure }
  var kind: Kind
  /// JSON.
  var body: String
}

/// What a job sent, in JSON.
public struct JobText: Hashable, Sendable {
  let json: String

  /// The value that the job encoded.
  /// - Throws: `ClusterError` when it is another one.
  public func value<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .jobs
    do { return try decoder.decode(type, from: Data(json.utf8)) } catch {
      throw ClusterError(
        "a job sent what cannot be read; start the same version of the program on all ranks")
    }
  }
}

extension JSONEncoder.NonConformingFloatEncodingStrategy {
  fileprivate static let jobs = Self.convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
}

extension JSONDecoder.NonConformingFloatDecodingStrategy {
  fileprivate static let jobs = Self.convertFromString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
}
