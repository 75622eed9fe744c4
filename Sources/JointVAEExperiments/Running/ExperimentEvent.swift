import JointVAEFiles
import JointVAERuns

/// Something a person who waits for an experiment wants to know.
public struct ExperimentEvent: Sendable {
  /// What happened to a run.
  public enum Kind: Hashable, Codable, Sendable {
    /// It is there, trained and measured, from an earlier start.
    case kept
    /// It begins or goes on, from this step.
    case begun(step: Int)
    /// It is trained and measured.
    case finished(seconds: Double)
    /// It failed; the others go on.
    case failed(String)
    /// The process that trained it died; it goes on in another.
    case moved(String)
    /// It was stopped and can go on.
    case stopped(step: Int)
  }

  /// The number of the run, from 1.
  public let number: Int
  /// All runs.
  public let count: Int
  /// The run's name.
  public let name: String
  /// What happened to it.
  public let kind: Kind

  /// A line, such as `[3/12] discrete-4_seed-1: finished in 0:42`.
  public var text: String {
    let words =
      switch kind {
      case .kept: "finished before"
      case .begun(let step): step == 0 ? "begins" : "goes on from step \(step)"
      case .finished(let seconds): "finished in \(NumberText.duration(seconds))"
      case .failed(let reason): "failed: \(reason)"
      case .moved(let reason): "goes on elsewhere: \(reason)"
      case .stopped(let step): "stopped after step \(step)"
      }
    return "[\(number)/\(count)] \(name): \(words)"
  }
}
