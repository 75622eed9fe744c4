import CLibrary
import Foundation
import JointVAEFiles

/// A process that does a job, and what it writes.
struct JobProcess {
  /// The number of its job.
  let job: Int
  private let identifier: pid_t
  private let input: Int32
  private let output: Int32
  private var pending: [UInt8] = []
  private var isOutputOpen = true

  /// Bytes of a line beyond which a job is none of ours.
  private static let lineLimit = 256 << 20

  /// Starts a job in a process group of its own, so that what a launcher sends to the rank's group does not reach it before
  /// the rank has said how to stop.
  /// - Throws: `ClusterError` when it cannot be started.
  init(_ command: JobCommand, job: Int) throws {
    var (toJob, fromJob): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    guard pipe(&toJob) == 0, pipe(&fromJob) == 0 else {
      throw ClusterError("a job cannot be started: \(systemReason())")
    }
    // Other jobs must not hold these open.
    for end in toJob + fromJob { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer {
      CLibrary.close(toJob[0])
      CLibrary.close(fromJob[1])
    }
    var identifier: pid_t = 0
    let error = Self.spawn(
      command, input: toJob[0], output: fromJob[1], identifier: &identifier)
    guard error == 0 else {
      CLibrary.close(toJob[1])
      CLibrary.close(fromJob[0])
      throw ClusterError(
        "\(command.executable) cannot be started for a job: \(String(cString: strerror(error)))")
    }
    for end in [toJob[1], fromJob[0]] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    self.job = job
    self.identifier = identifier
    input = toJob[1]
    output = fromJob[0]
  }

  /// Says that the rank is well.
  func encourage() {
    var byte: UInt8 = 1
    _ = write(input, &byte, 1)
  }

  /// Asks it to stop, with a checkpoint.
  func stop() { kill(identifier, SIGTERM) }

  /// Ends it at once.
  func end() { kill(identifier, SIGKILL) }

  /// The lines it has written since.
  mutating func lines() throws -> [JobLine] {
    guard isOutputOpen else { return [] }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(output, &bytes, bytes.count)
      if count > 0 { pending += bytes[..<count] }
      if count == 0 { isOutputOpen = false }
      if count < 0, errno == EINTR { continue }
      if count <= 0 || pending.count > Self.lineLimit { break }
    }
    guard pending.count <= Self.lineLimit else {
      throw ClusterError("job \(job) wrote a line of more than \(Self.lineLimit) bytes")
    }
    guard let last = pending.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    let whole = pending[...last]
    defer { pending.removeSubrange(...last) }
    return try whole.split(separator: UInt8(ascii: "\n")).map { line in
      do { return try JSONDecoder().decode(JobLine.self, from: Data(line)) } catch {
        throw ClusterError("job \(job) wrote what is no line of a job")
      }
    }
  }

  /// How it ended; nil while it runs. What it wrote before may still be read, until ``close()``.
  func ending() -> JobEnding? {
    var status: Int32 = 0
    guard waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    // As wait.h has it: the signal in the lower seven bits, else the exit code in the next eight.
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .killed(signal)
  }

  /// Lets go of its pipes.
  func close() {
    CLibrary.close(input)
    CLibrary.close(output)
  }

  private static func spawn(
    _ command: JobCommand, input: Int32, output: Int32, identifier: inout pid_t
  ) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
    // The rank holds signals back and ignores SIGPIPE; a job begins as any program does.
    var (none, defaults) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK)
        | Int16(POSIX_SPAWN_SETSIGDEF))
    var words: [UnsafeMutablePointer<CChar>?] =
      ([command.executable] + command.arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      command.environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in words + variables { free(text) } }
    return posix_spawn(
      &identifier, command.executable, &actions, &attributes, &words, &variables)
  }
}

/// How the process of a job ended.
enum JobEnding: Codable, Hashable, Sendable {
  case exited(Int32)
  case killed(Int32)

  /// Such as `its process was killed by signal 9`.
  var words: String {
    switch self {
    case .exited(let code): "its process ended with exit code \(code)"
    case .killed(SIGKILL): "its process was killed by signal 9, perhaps for want of memory"
    case .killed(let signal): "its process was killed by signal \(signal)"
    }
  }
}
