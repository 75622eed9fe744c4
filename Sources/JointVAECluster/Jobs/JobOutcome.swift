/// What came of a job.
public enum JobOutcome: Hashable, Sendable {
  /// It was done, with this result.
  case done(JobText)
  /// It failed by itself, as it would anywhere.
  case failed(String)
  /// Its process died, on another rank again where there is one.
  case lost(String)
  /// The work was stopped before it was done.
  case notRun
}

/// What happens while ranks do jobs.
public enum JobEvent: Sendable {
  /// A job is begun, perhaps once more.
  case begun(job: Int)
  /// A job says what happened to it.
  case told(job: Int, JobText)
  /// The process or the rank of a job died; it goes on elsewhere.
  case moved(job: Int, reason: String)
  /// A job came to its end.
  case ended(job: Int, JobOutcome)
}
