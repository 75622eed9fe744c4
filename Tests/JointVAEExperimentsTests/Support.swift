import Foundation
import JointVAEExperiments
import JointVAEFiles
import TestSupport
import Testing

/// Writes `text` to an experiment file in `folder` and says where it is.
func experimentFile(_ text: String, in folder: String, named name: String = "test.yaml") throws
  -> String
{
  let path = "\(folder)/\(name)"
  try AtomicFile.write(text, to: path)
  return path
}

/// The plan of an experiment file of this text.
func plan(_ text: String, isQuick: Bool = false, seeds: [UInt64]? = nil) throws -> ExperimentPlan {
  try withTemporaryFolder { folder in
    try ExperimentPlan(
      Experiment(contentsOf: experimentFile(text, in: folder)), isQuick: isQuick, seeds: seeds)
  }
}

/// Expects that an experiment file of this text cannot be read or planned, for this reason.
func expectProblem(
  _ text: String, _ problem: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try withTemporaryFolder { folder in
    let path = try experimentFile(text, in: folder)
    #expect(throws: FileError(path, problem), sourceLocation: sourceLocation) {
      try ExperimentPlan(Experiment(contentsOf: path))
    }
  }
}
