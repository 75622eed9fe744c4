import JointVAEData
import JointVAEFiles
import JointVAERuns

/// Adds to errors about run folders what to do about them with the options of a command.
enum FolderAdvice {
  /// The options of `train`.
  case train
  /// The options of `experiment run`.
  case experiment

  /// The result of `work`.
  /// - Throws: what `work` throws; `FileError` with advice in place of `RunFolderError`.
  func added<Result>(to work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let error as RunFolderError {
      throw FileError(error.path, "\(error.problem); \(advice(about: error.reason))")
    }
  }

  private func advice(about reason: RunFolderError.Reason) -> String {
    switch (self, reason) {
    case (.train, .holdsRun): "continue it with --resume, or choose another folder with --out"
    case (.train, .holdsSeeds): "go on with --resume, or choose another folder with --out"
    case (.train, .isMissing): "leave out --resume to begin a run there"
    case (_, .isFile), (_, .holdsRun), (_, .holdsSeeds), (_, .isMissing):
      "choose another folder with --out"
    case (_, .holdsOtherFiles): "choose another folder with --out, or empty this one"
    case (_, .holdsNoRun): "name a folder that train made"
    case (_, .hasNoName): "name a new folder with --out"
    case (_, .hasNoRestarts): "leave out --restarts"
    case (.train, .hasOtherSetting), (.train, .hasDoneMore):
      "leave that out, or begin another run with another --out"
    case (.experiment, .hasOtherSetting), (.experiment, .hasDoneMore):
      "remove that folder to begin the run anew, or choose another with --out"
    case (_, .hasOtherImages): "pass the file or folder of those with --data"
    }
  }
}
