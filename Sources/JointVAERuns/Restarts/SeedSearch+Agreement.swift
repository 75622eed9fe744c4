import JointVAE
import JointVAEData
import JointVAEMetrics

extension SeedSearch {
  /// Images that seeds are compared on.
  private static let comparedCount = 1024

  /// Measures how well the seeds agree that carry something about the images, all on the same images: those that the first seed
  /// holds back, where some are held back, else the images it learns from.
  ///
  /// With fewer than two such seeds there is nothing to compare, and the loss decides.
  /// - Throws: `FileError` when a seed's model cannot be read, what the catalog throws.
  func measureAgreement(in table: inout RestartTable, compute: Compute) throws {
    let places = table.candidates.indices.filter {
      table.candidates[$0].loss != nil && table.candidates[$0].carriesInformation
    }
    for place in table.candidates.indices {
      (table.candidates[place].udr, table.candidates[place].agreement) = (nil, nil)
    }
    guard places.count > 1 else { return }
    let (images, held) = try settings.loadImages(from: catalog, for: restarts.path)
    let batch = ImageBatch(evenlyFrom: held ?? images, count: Self.comparedCount)
    let encodings = try places.map { place in
      let seed = table.candidates[place].seed
      return try StoredModel(restarts.candidate(seed).path).model.using(compute).encode(batch)
    }
    if table.rule == .udr {
      for (place, score) in zip(places, try UDRScore.scores(encodings.map { .init($0) })) {
        table.candidates[place].udr = score
      }
    }
    if !settings.training.latents.discrete.isEmpty {
      for (place, score) in zip(places, try CategoryAgreement.scores(encodings)) {
        table.candidates[place].agreement = score
      }
    }
  }
}
