import JointVAE
import JointVAEData
import JointVAEFiles

extension EvaluationRequest {
  /// The images that are meant for `stored`.
  /// - Throws: `FileError` when nobody says which data set, or a run's images are not what they
  ///   were; `DataSetError`; what the catalog throws.
  func images(for stored: StoredModel) throws -> LabeledImages {
    let catalog = DataSetCatalog(threads: threads)
    if dataSet == nil, let configuration = stored.configuration, part != .test,
      part != nil || configuration.images.request.isOneFile
    {
      return try ownImages(of: stored.path, configuration, catalog)
    }
    guard let name = dataSet ?? stored.dataSet else {
      throw FileError(
        stored.path, "does not say what it was trained on; name a data set after the model")
    }
    // Whoever names the run's own data set means the files it was trained on.
    let trained = stored.configuration?.images.request
    let own = trained?.dataSet == name ? trained : nil
    var request = DataSetRequest(name, path: dataPath ?? own?.path)
    guard part != .validation else {
      throw DataSetError(
        name, "has no validation part; leave the data set out to take what a run held back")
    }
    if part == .train || (part == nil && request.isOneFile) {
      request.split = part.map { _ in .train }
    } else {
      request.split = .test
    }
    request.imageSize = stored.model.imageShape.size
    request.limit = limit
    request.seed = own?.seed ?? request.seed
    return try catalog.load(request)
  }

  /// The images a run learned from, or those it held back.
  private func ownImages(
    of path: String, _ configuration: RunConfiguration, _ catalog: DataSetCatalog
  ) throws -> LabeledImages {
    var configuration = configuration
    configuration.images.request.path = dataPath ?? configuration.images.request.path
    let (images, validation) = try configuration.loadImages(from: catalog, for: path)
    var chosen = images
    // One file has no test images; those held back are the next best.
    if part == .validation || (part == nil && validation != nil) {
      guard let validation else {
        throw FileError(
          path, "held no images back; choose --split test, or train with --validation 0.1")
      }
      chosen = validation
    }
    return try limit.map(chosen.limited) ?? chosen
  }
}

extension DataSetRequest {
  /// Whether the images are in one file of the user's, which has no parts.
  var isOneFile: Bool {
    let isKnown = KnownDataSet.all.contains { $0.name == dataSet }
    return (path ?? (isKnown ? nil : dataSet)).map(FileKind.isFile) ?? false
  }
}
