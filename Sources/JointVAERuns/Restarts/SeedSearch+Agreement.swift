import JointVAE
import JointVAEData

extension SeedSearch {
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
    let batch = ImageBatch(evenlyFrom: held ?? images, count: SeedComparison.imageCount)
    let encodings = try places.map { place in
      let seed = table.candidates[place].seed
      return try StoredModel(restarts.candidate(seed).path).model.using(compute).encode(batch)
    }
    let comparison = SeedComparison(encodings)
    if table.rule == .udr {
      for (place, score) in zip(places, try comparison.udr() ?? []) {
        table.candidates[place].udr = score
      }
    }
    for (place, score) in zip(places, try comparison.agreement() ?? []) {
      table.candidates[place].agreement = score
    }
  }
}
