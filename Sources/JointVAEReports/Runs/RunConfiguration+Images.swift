import JointVAE
import JointVAEData
import JointVAEFiles

extension RunConfiguration {
  /// The images a run learns from, and those it holds back.
  ///
  /// - Parameter path: the run's folder, for errors.
  /// - Throws: `FileError` when they are not those the run was begun with; what the catalog throws.
  func loadImages(
    from catalog: DataSetCatalog, for path: String
  ) throws -> (training: LabeledImages, validation: LabeledImages?) {
    let all = try catalog.load(images.request)
    let parts = try all.split(validation: images.validation, seed: training.seed)
    guard parts.training.imageShape == training.imageShape, parts.training.count == images.count,
      Fingerprint.of(parts.training) == images.fingerprint
    else {
      let isNamed = KnownDataSet.named(images.request.dataSet) != nil
      throw FileError(
        path,
        "was begun with other images of \(images.request.dataSet): \(images.count) of "
          + "\(training.imageShape), checksum \(images.fingerprint); "
          + (isNamed ? "say with --data where those are" : "put those back")
      )
    }
    return parts
  }
}
