import JointVAE
import JointVAEFiles
import JointVAEImages

extension DataSetCatalog {
  /// All images in the files at `path`, from the cache where they are there already.
  ///
  /// - Parameter known: the data set the files belong to; nil for other data.
  func load(
    filesAt path: String, _ request: DataSetRequest, known: KnownDataSet?
  ) throws -> LabeledImages {
    let location = try DataLocation(path, known: known)
    let key = try key(of: location, request)
    // Kept images lack broken ones, which a strict preparation reports.
    if let images = cache?.images(for: key, threads: threads),
      !request.isStrict || images.preparation?.brokenImageCount == 0
    {
      try requireSplit(of: images, request, path)
      loaded?(images)
      return images
    }
    let work = SourcePreparation(
      location: location, request: request, known: known, threads: threads, progress: progress)
    func verify() throws {
      guard try self.key(of: location, request) == key else {
        throw FileError(
          path, "was changed while it was read; wait until it is complete and try again")
      }
    }
    let images: LabeledImages
    do {
      images = try work.images(key: key, cache: cache, verify: verify)
    } catch let error as CacheError {
      // A full or read-only disk must not stop a training.
      images = try work.images(
        key: key, cache: nil, remark: error.description, verify: verify)
    }
    try requireSplit(of: images, request, path)
    loaded?(images)
    return images
  }

  private func requireSplit(
    of images: LabeledImages, _ request: DataSetRequest, _ path: String
  ) throws {
    if request.split != nil && images.split == nil { throw CollectionIndex.noParts(path) }
  }

  /// What the prepared images depend on.
  private func key(
    of location: DataLocation, _ request: DataSetRequest
  ) throws -> PreparedHeader.Key {
    var files: [String] = []
    if case .folder(let path) = location {
      files = try FolderCollection(path, limits: .standard).filePaths
    }
    return PreparedHeader.Key(
      dataSet: request.dataSet, split: request.wantedSplit, preparation: request.preparation,
      labelColumn: request.labelColumn, place: location.place,
      source: try SourceIdentity(location.paths, files: files))
  }
}
