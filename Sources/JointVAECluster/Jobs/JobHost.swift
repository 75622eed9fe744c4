import CLibrary

/// The jobs that a rank has in hand, each in a process of its own.
public struct JobHost: ~Copyable {
  /// What happened to a job.
  enum Message: Codable, Hashable {
    case line(job: Int, JobLine)
    case ended(job: Int, JobEnding)
    /// It could not be started, or wrote what cannot be read.
    case lost(job: Int, reason: String)
  }

  /// Jobs at once.
  public let slots: Int
  private let command: (Int) -> JobCommand
  private var processes: [JobProcess] = []
  private var encouraged = ContinuousClock.now
  private var isStopping = false

  /// A host without jobs.
  ///
  /// - Parameters:
  ///   - slots: jobs at once; at least 1.
  ///   - command: what does the job of a number.
  public init(slots: Int, command: @escaping (Int) -> JobCommand) {
    self.slots = max(1, slots)
    self.command = command
    // A job that ends while the rank writes to it must not end the rank.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether another job can be begun.
  var hasRoom: Bool { processes.count < slots && !isStopping }

  /// Begins a job.
  mutating func begin(_ job: Int) -> Message? {
    do {
      processes.append(try JobProcess(command(job), job: job))
      return nil
    } catch { return .lost(job: job, reason: "\(error)") }
  }

  /// Asks all jobs to stop, each with a checkpoint.
  mutating func stop() {
    guard !isStopping else { return }
    isStopping = true
    for process in processes { process.stop() }
  }

  /// What has happened since; called every few milliseconds.
  mutating func poll() -> [Message] {
    if ContinuousClock.now - encouraged > .seconds(1) {
      encouraged = .now
      for process in processes { process.encourage() }
    }
    var messages: [Message] = []
    var running: [JobProcess] = []
    for var process in processes {
      // First whether it has ended: what it wrote is all there then.
      let ending = process.ending()
      do {
        messages += try process.lines().map { .line(job: process.job, $0) }
      } catch {
        process.end()
        process.close()
        messages.append(.lost(job: process.job, reason: "\(error)"))
        continue
      }
      if let ending {
        process.close()
        messages.append(.ended(job: process.job, ending))
      } else {
        running.append(process)
      }
    }
    processes = running
    return messages
  }
}
