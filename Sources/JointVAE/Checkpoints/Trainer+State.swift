import Foundation
import JointVAEFiles
import JointVAEKernels

extension Trainer {
  /// Writes all that is needed to go on later: weights, the optimizer's moments, what the loss and the terms of the
  /// objective learned, the step and the epoch's sums.
  ///
  /// The file is written beside and renamed, so at any moment the last whole state is there.
  /// - Throws: `TrainingError.notFinite` when a weight or moment is not a number; `FileError`.
  public func saveState(to path: String) throws {
    try core.withLock { try $0.state().write(to: path) }
  }

  /// A trainer that goes on where a state was saved.
  ///
  /// - Parameters:
  ///   - path: what `saveState` wrote.
  ///   - configuration: as it was then; only `length` and `earlyStop` may differ.
  ///   - loss: the program's own loss then; nil for the configuration's.
  ///   - terms: what the program added to the objective then.
  ///   - compute: threads and instructions; part of the speed, not of the result.
  ///   - team: the processes that share its batches, as many as there may be; each reads the file.
  /// - Throws: `FileError` when the file cannot be read, is no state or belongs to other settings; `TensorMismatch`.
  public convenience init(
    resumingFrom path: String, configuration: TrainingConfiguration,
    loss: (any ValueLoss)? = nil, terms: [any ObjectiveTerm] = [], compute: Compute = .automatic,
    team: (any TrainingTeam)? = nil
  ) throws {
    let file = try Safetensors(contentsOf: path)
    guard file.metadata["format"] == TrainingCore.stateFormat else {
      throw FileError(
        path, "is no training state (its metadata lacks format \(TrainingCore.stateFormat))")
    }
    guard let step = file.metadata["step"].flatMap({ Int($0) }), step >= 0 else {
      throw FileError(path, "does not say at which step it was saved")
    }
    try Self.requireSame(
      configuration, as: file.metadata["configuration"], path: path)
    guard file.metadata[TrainingCore.lossName] == loss?.name else {
      func words(_ name: String?) -> String {
        name.map { "the loss \($0)" } ?? "the settings' loss"
      }
      throw FileError(
        path,
        "was trained with \(words(file.metadata[TrainingCore.lossName])), not with \(words(loss?.name))"
      )
    }
    try self.init(
      configuration: configuration, loss: loss, terms: terms, compute: compute, team: team)
    try core.withLock { try $0.restore(file, step: step, path: path) }
  }

  private static func requireSame(
    _ configuration: TrainingConfiguration, as saved: String?, path: String
  ) throws {
    guard let saved,
      var old = try? JSONDecoder().decode(
        TrainingConfiguration.self, from: Data(saved.utf8))
    else { throw FileError(path, "does not hold the settings it was trained with") }
    let differences = old.networkDifferences(from: configuration)
    guard differences.isEmpty else {
      throw FileError(
        path, "was trained with another network: \(differences.joined(separator: "; "))")
    }
    old.length = configuration.length
    old.earlyStop = configuration.earlyStop
    guard old == configuration else {
      throw FileError(
        path, "was trained with other settings; only its length and its early stop may change")
    }
  }
}
