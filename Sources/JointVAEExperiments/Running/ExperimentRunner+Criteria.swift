import JointVAEData
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

extension ExperimentRunner {
  /// How well the criteria without labels choose among the seeds of the settings that are trained and measured.
  ///
  /// - Throws: `FileError` when no setting has enough seeds that are, or a file of a run cannot be read; as ``states()``.
  public func criteria() throws -> CriterionTable {
    let finished = Dictionary(
      uniqueKeysWithValues: zip(plan.runs.map(\.name), try states()).map { name, state in
        if case .finished = state { (name, true) } else { (name, false) }
      })
    var known: (reference: ImagesReference, images: LabeledImages)?
    let groups = try plan.groups.compactMap { group -> CriterionTable.Group? in
      let folders = group.runs.filter { finished[$0.name] == true }.map { $0.folder(in: folder) }
      guard let first = folders.first, folders.count >= CriterionTable.leastSeeds else {
        return nil
      }
      let settings = try RunConfiguration(contentsOf: first.configuration)
      if known?.reference != settings.images {
        let (training, held) = try settings.loadImages(from: catalog, for: first.path)
        known = (settings.images, held ?? training)
      }
      guard let images = known?.images else { return nil }
      return CriterionTable.Group(
        criteria: try SeedCriteria.measured(of: folders, on: images, compute: computePerRun),
        summary: try SeedSummary(
          folders.map { try StoredEvaluation(contentsOf: $0.evaluation).evaluation }))
    }
    guard !groups.isEmpty else {
      throw FileError(
        folder,
        "has no setting of which \(CriterionTable.leastSeeds) seeds are trained and measured, which is what there is to "
          + "compare; train the experiment first")
    }
    return CriterionTable(
      groups,
      of: .init(
        finishedRuns: finished.values.count { $0 }, runs: plan.runs.count,
        settings: plan.groups.count))
  }
}
