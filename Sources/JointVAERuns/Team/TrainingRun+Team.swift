import JointVAE
import JointVAECluster
import JointVAEData
import JointVAEFiles

extension TrainingRun {
  /// Trains the run of rank 0 with it, on any other rank of a team. Nothing is written or printed here.
  ///
  /// - Parameters:
  ///   - team: all ranks; rank 0 calls ``train(until:compute:observers:team:)``.
  ///   - catalog: where the images come from.
  ///   - compute: threads and instructions of this rank.
  /// - Throws: when a rank is not ready, on all of them; what training throws.
  public static func follow(
    _ team: RankTeam, catalog: DataSetCatalog, compute: Compute
  ) throws {
    let start = try TeamStart.receive(from: team)
    let folder = RunFolder(start.folder)
    let prepared = Swift.Result {
      let configuration = try RunConfiguration(
        json: start.configuration.utf8, named: folder.configuration)
      guard TeamStart.state(in: folder) == start.state else {
        throw FileError(folder.state, "is not the file that rank 0 sees; share the folder")
      }
      return (
        try loadImages(of: configuration, for: folder.path, catalog),
        try makeTrainer(configuration.training, in: folder, compute, team)
      )
    }
    var failure: (any Error)?
    if case .failure(let error) = prepared { failure = error }
    try TeamStart.requireReady(failure, team)
    let (images, trainer) = try prepared.get()
    _ = try trainer.train(on: images)
  }

  /// The images that rank 0 has.
  private static func loadImages(
    of configuration: RunConfiguration, for path: String, _ catalog: DataSetCatalog
  ) throws -> LabeledImages {
    do { return try configuration.loadImages(from: catalog, for: path).training } catch let error
      as RunFolderError
    {
      guard case .hasOtherImages(let dataSet, let count, let shape, let fingerprint) = error.reason
      else { throw error }
      throw ClusterError(
        "\(dataSet) has other images than on rank 0: expected \(count) of \(shape), checksum \(fingerprint); give "
          + "all ranks the same files")
    }
  }

  /// A trainer that stands where the run in a folder does.
  static func makeTrainer(
    _ configuration: TrainingConfiguration, in folder: RunFolder, _ compute: Compute,
    _ team: RankTeam?
  ) throws -> Trainer {
    folder.hasState
      ? try Trainer(
        resumingFrom: folder.state, configuration: configuration, compute: compute, team: team)
      : try Trainer(configuration: configuration, compute: compute, team: team)
  }
}
