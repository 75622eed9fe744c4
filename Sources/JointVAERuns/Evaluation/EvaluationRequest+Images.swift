import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics

extension EvaluationRequest {
  /// The images that are meant for `stored`.
  /// - Throws: `FileError` when no data set is named, or a run's images are not what they
  ///   were; `DataSetError`; what the catalog throws.
  package func images(
    for stored: StoredModel, from catalog: DataSetCatalog
  ) throws -> LabeledImages {
    if dataSet == nil, let configuration = stored.configuration,
      part == .train || part == .validation
    {
      return try ownImages(of: stored.path, configuration, catalog)
    }
    guard let name = dataSet ?? stored.dataSet else {
      throw FileError(
        stored.path, "does not say what it was trained on; name a data set after the model")
    }
    guard part != .validation else {
      throw DataSetError(
        name, "has no validation part; leave the data set out to take what a run held back")
    }
    let found: LabeledImages
    do {
      found = try catalog.load(request(of: name, for: stored))
    } catch let error as DataSetError where dataSet == nil && stored.configuration == nil {
      // The name is not the user's: say where it stands.
      throw FileError(
        ReferenceSettings.path(beside: stored.path),
        "names the data set \(error.dataSet.quoted), which \(error.problem); name a data set after the model"
      )
    }
    if dataSet == nil, part != .all, found.split == nil, let configuration = stored.configuration {
      // Files without parts have no test images; those held back are the next best.
      return try ownImages(of: stored.path, configuration, catalog)
    }
    return found
  }

  /// As many images as the protocols of scores ask for, where there can be more than the evaluated ones: those of a generated
  /// data set's same part, drawn on from where these end. Nil where the evaluated ones are enough, or all there are.
  package func protocolImages(
    beyond images: LabeledImages, for stored: StoredModel, from catalog: DataSetCatalog
  ) throws -> LabeledImages? {
    let wanted = DisentanglementProtocol().imageCount
    guard families.contains(where: \.drawsImages), limit == nil, images.count < wanted,
      part == nil || part == .test, !images.factors.isEmpty,
      let name = dataSet ?? stored.dataSet, KnownDataSet.named(name)?.source == .generated
    else { return nil }
    var request = try request(of: name, for: stored)
    guard request.classes == nil, request.limit == nil, request.split ?? .test == .test else {
      return nil
    }
    request.limit = wanted
    return try catalog.load(request)
  }

  /// What to ask the catalog for.
  private func request(of name: String, for stored: StoredModel) throws -> DataSetRequest {
    // The name of the run's own data set stands for the files that the run was trained on.
    let trained = stored.configuration?.images.request
    let own = trained?.dataSet == name ? trained : nil
    var request = own ?? DataSetRequest(name)
    request.path = dataPath ?? own?.path
    request.split = part?.split
    request.usualSplit = .test
    request.imageSize = stored.model.imageShape.size
    request.preparation.match(channels: stored.model.imageShape.channels)
    request.limit = limit
    return try images.applied(to: request)
  }

  /// The images a run learned from, or those it held back.
  private func ownImages(
    of path: String, _ configuration: RunConfiguration, _ catalog: DataSetCatalog
  ) throws -> LabeledImages {
    var configuration = configuration
    configuration.images.request.path = dataPath ?? configuration.images.request.path
    let (images, validation) = try configuration.loadImages(from: catalog, for: path)
    var chosen = images
    if part == .validation || (part == nil && validation != nil) {
      guard let validation else {
        throw FileError(path, "held no images back", remedy: .holdBack)
      }
      chosen = validation
    }
    return try limit.map(chosen.limited) ?? chosen
  }
}
