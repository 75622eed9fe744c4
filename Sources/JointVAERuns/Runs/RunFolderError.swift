import JointVAEFiles

/// Why a run cannot begin or go on in a folder.
///
/// The description is a sentence for a person. Programs that have options of their own can add what to do about
/// each ``Reason``.
public struct RunFolderError: DescribedError, Equatable, Sendable {
  /// The folder, as the caller gave it.
  public var path: String
  /// What stands in the way.
  public var reason: Reason

  /// What stands in the way of a run.
  public enum Reason: Equatable, Sendable {
    /// A file stands there.
    case isFile
    /// A run is there already.
    case holdsRun
    /// The seeds of a run with restarts are there already.
    case holdsSeeds
    /// Files of another kind are there.
    case holdsOtherFiles
    /// There is no folder to go on in.
    case isMissing
    /// There is a folder without a run.
    case holdsNoRun
    /// The path has no last name, such as `.`, so no other folder can be renamed to it.
    case hasNoName
    /// The run was begun with another value of a setting; the text names both.
    case hasOtherSetting(String)
    /// The run was begun without restarts.
    case hasNoRestarts
    /// The run has done more steps than it is asked for now.
    case hasDoneMore(steps: Int, asked: Int)
    /// The data set's images are not those the run was begun with.
    case hasOtherImages(of: String, count: Int, shape: String, fingerprint: String)
  }

  /// An error about `path`.
  public init(_ path: String, _ reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// The reason in words, without the path.
  public var problem: String {
    switch reason {
    case .isFile: "is a file"
    case .holdsRun: "holds a run already"
    case .holdsSeeds: "holds the seeds of a run already"
    case .holdsOtherFiles: "exists and is no run"
    case .isMissing: "does not exist"
    case .holdsNoRun: "is no run (it has no config.json)"
    case .hasNoName: "cannot be replaced by the seed that goes on"
    case .hasOtherSetting(let difference): "was begun with \(difference)"
    case .hasNoRestarts: "was begun without restarts"
    case .hasDoneMore(let steps, let asked):
      "has done \(steps) steps, more than the \(asked) asked for now"
    case .hasOtherImages(let dataSet, let count, let shape, let fingerprint):
      "was begun with other images of \(dataSet): \(count) of \(shape), checksum \(fingerprint)"
    }
  }

  /// What was expected, where that adds to the reason.
  private var expectation: String? {
    switch reason {
    case .isFile, .holdsRun, .holdsSeeds, .holdsOtherFiles: "expected a new or empty folder"
    case .isMissing, .holdsNoRun: "expected the folder of a run"
    case .hasNoName: "expected the name of a new folder"
    case .hasOtherSetting, .hasNoRestarts, .hasDoneMore, .hasOtherImages: nil
    }
  }

  /// `path: problem; expectation`.
  public var description: String {
    "\(path): \(problem)" + (expectation.map { "; \($0)" } ?? "")
  }
}
