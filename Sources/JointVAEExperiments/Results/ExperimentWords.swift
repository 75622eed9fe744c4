import JointVAEFiles

extension ExperimentPlan {
  /// - Parameter isConfirmed: whether the user has confirmed the size.
  /// - Throws: `FileError` when there are more runs than one begins by a slip.
  public func requireUsualSize(isConfirmed: Bool) throws {
    guard isConfirmed || runs.count <= Self.usualRunLimit else {
      throw FileError(
        experiment.path, "makes \(runs.count) runs", remedy: .confirm)
    }
  }
}

extension ExperimentResult {
  /// The last line of an experiment, such as `runs/losses: 9 of 9 runs finished`.
  ///
  /// - Parameters:
  ///   - folder: the folder of the runs' folders.
  ///   - call: the command that continues an experiment that was stopped.
  public func closing(folder: String, call: String) -> String {
    var words = "\(folder): \(measuredCount) of \(outcomes.count) runs finished"
    if failureCount > 0 { words += ", \(failureCount) failed" }
    if wasStopped { words += "; stopped, continue with: \(call)" }
    return words
  }
}
