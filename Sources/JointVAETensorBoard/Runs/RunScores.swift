import JointVAE
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// The final scores of a run, as far as its folder has them.
enum RunScores {
  /// The tags of the scores that a run may have.
  static let tags =
    ["loss", "reconstruction", "validation_loss", "kl_z", "kl_c", "information", "recognized"]
    .map { "scores/\($0)" }
    + ["accuracy.majority", "accuracy.oneToOne", "likelihood.elbo"].map { "scores/\($0)" }

  /// The means of the last epoch, what the last checkpoint measured, and the measures of evaluation.json, where it is there
  /// and not older than the model.
  /// - Throws: `FileError` for a file that cannot be read.
  static func values(
    of folder: RunFolder, _ configuration: RunConfiguration
  ) throws -> [TaggedValue] {
    var scores: [(String, Double)] = []
    let epochs = GrowingTable(folder.epochs)
    if let row = try epochs.next().last {
      for name in ["loss", "reconstruction", "validation_loss"] {
        guard let place = epochs.columns.firstIndex(of: name), let value = row[place] else {
          continue
        }
        scores.append((name, value))
      }
    }
    if PathKind.isFile(folder.summary) {
      let summary = try RunSummary(contentsOf: folder.summary)
      scores += [
        ("kl_z", summary.kl.continuous.reduce(0, +)), ("kl_c", summary.kl.discrete.reduce(0, +)),
      ]
      if let information = summary.kl.information {
        scores.append(("information", information.total))
      }
      if let distinctness = summary.distinctness, distinctness.images > 0 {
        scores.append(
          ("recognized", Double(distinctness.recognized) / Double(distinctness.images)))
      }
    }
    if PathKind.isFile(folder.evaluation), !folder.hasOutdatedEvaluation {
      let evaluation = try folder.readEvaluation(latents: configuration.training.latents)
      scores += try SeedSummary([evaluation]).measures.map { ($0.name, $0.mean) }
    }
    return scores.map { TaggedValue("scores/\($0)", .scalar(Float($1))) }
  }
}
