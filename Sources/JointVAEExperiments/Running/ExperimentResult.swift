import JointVAEMetrics

/// What came of an experiment.
public struct ExperimentResult: Sendable {
  /// What came of a run.
  public enum Outcome: Sendable {
    /// The experiment was stopped before it was finished.
    case notRun
    /// It is trained, and this was measured.
    case measured(Evaluation)
    /// Why it failed.
    case failed(String)
  }

  /// One for each run of the plan, in its order.
  public let outcomes: [Outcome]
  /// Whether it was stopped before its end.
  public let wasStopped: Bool

  /// Runs that failed.
  public var failureCount: Int {
    outcomes.count { if case .failed = $0 { true } else { false } }
  }

  /// Runs that are trained and measured.
  public var measuredCount: Int {
    outcomes.count { if case .measured = $0 { true } else { false } }
  }
}
