import JointVAE
import JointVAEFiles

/// Finds, reads and prepares data sets by name or by path.
///
///     let digits = try DataSetCatalog().load(DataSetRequest("mnist", imageSize: 32))
public struct DataSetCatalog: Sendable {
  /// Where named data sets are looked for when a request gives no path.
  public var roots: DataRoots
  /// Where prepared images are kept; nil for nowhere.
  public var cache: PreparedCache?
  /// How many threads to prepare images with; nil for one a core. Does not change the result.
  public var threads: Int?
  /// Gets the progress of a preparation, from one thread at a time; it is not called for
  /// images that come from the cache.
  public var progress: (@Sendable (PreparationProgress) -> Void)?
  /// Gets the images of each data set that was read from files or the cache, before some are chosen.
  public var loaded: (@Sendable (LabeledImages) -> Void)?

  /// A catalog that looks in `roots`.
  public init(
    roots: DataRoots = DataRoots(), cache: PreparedCache? = nil, threads: Int? = nil,
    progress: (@Sendable (PreparationProgress) -> Void)? = nil
  ) {
    self.roots = roots
    self.cache = cache
    self.threads = threads
    self.progress = progress
  }

  /// The images that `request` asks for.
  ///
  /// - Throws: `ConfigurationError` for a size or a limit out of range, `DataSetError` for a data
  ///   set that is not known or a part or class it does not have, `FileError` for a file that is missing,
  ///   damaged or of an unsupported kind.
  public func load(_ request: DataSetRequest) throws -> LabeledImages {
    try request.validate()
    let names = request.dataSets
    guard names.count > 1 else {
      return try loadOne(request).selecting(request)
    }
    let parts = try names.map { name in
      var part = request
      part.dataSet = name
      // One place cannot be that of several paths.
      if KnownDataSet.named(name) == nil { part.path = nil }
      return try loadOne(part)
    }
    return try LabeledImages.union(parts).selecting(request)
  }

  /// All images of a request for one data set.
  private func loadOne(_ request: DataSetRequest) throws -> LabeledImages {
    do {
      return try request.wantedSplit == .all ? loadParts(request) : loadPart(request)
    } catch let missing as MissingPart {
      throw missing.error
    }
  }

  /// The images to learn from and those to measure with; all images where there are no parts, or only one.
  private func loadParts(_ request: DataSetRequest) throws -> LabeledImages {
    func load(_ split: DataSplit) throws -> LabeledImages {
      var part = request
      (part.split, part.usualSplit) = (nil, split)
      return try loadPart(part)
    }
    let training: LabeledImages
    do { training = try load(.train) } catch is MissingPart { return try load(.test) }
    guard training.split != nil else { return training }
    do {
      return try LabeledImages.joining(training, try load(.test))
    } catch is MissingPart {
      return training
    }
  }

  private func loadPart(_ request: DataSetRequest) throws -> LabeledImages {
    if let known = KnownDataSet.named(request.dataSet) {
      return try load(known, request)
    }
    guard PathKind(request.dataSet) != nil || request.dataSet.contains("/") else {
      throw unknown(request.dataSet)
    }
    // Files that were moved, or one of those at the path.
    return try load(filesAt: request.path ?? request.dataSet, request, known: nil)
  }

  private func load(_ known: KnownDataSet, _ request: DataSetRequest) throws -> LabeledImages {
    if case .files = known.source {
      let path = try request.path ?? folder(of: known)
      return try load(filesAt: path, request, known: known)
    }
    try refuseFiles(known, request)
    // Classes are chosen before images are counted.
    let count = request.classes == nil ? request.limit : nil
    guard let set = GeneratedDataSets.named(known.name) else { throw unknown(known.name) }
    return try set.init(seed: request.seed, split: request.wantedSplit).images(
      count: count, size: request.imageSize, threads: threads)
  }

  /// - Throws: `DataSetError` when the request for generated images names what only files have.
  private func refuseFiles(_ known: KnownDataSet, _ request: DataSetRequest) throws {
    if let path = request.path {
      throw DataSetError(known.name, "is generated and reads no files; leave \(path) out")
    }
    guard request.preparation.alpha != .keep else {
      throw DataSetError(known.name, "is generated without alpha, so there is none to keep")
    }
    guard let set = GeneratedDataSets.named(known.name), set.channels == 1 else {
      guard request.preparation.color != .gray, request.preparation.inversion != .on else {
        throw DataSetError(known.name, "is generated in color; gray and inversion do not apply")
      }
      return
    }
    guard request.preparation.color != .rgb, request.preparation.inversion != .on else {
      throw DataSetError(
        known.name, "is generated in gray, light on dark; color and inversion do not apply")
    }
  }

  /// The first of the roots' folders of this data set.
  private func folder(of known: KnownDataSet) throws -> String {
    let folders = roots.folders.flatMap { root in known.folderNames.map { "\(root)/\($0)" } }
    if let folder = folders.first(where: PathKind.isFolder) { return folder }
    let places = roots.folders.map { "\($0)/\(known.name)" }
    let missing =
      places.isEmpty ? "" : ": there is no folder \(places.joined(separator: " or "))"
    throw DataSetError(
      known.name, "was not found\(missing); \(known.advice), or pass the path of its files",
      isDownloadable: known.origin?.isFetched == true)
  }

  private func unknown(_ name: String) -> DataSetError {
    let names = KnownDataSet.all.map(\.name)
    let family = names.filter { $0.hasPrefix("\(name)-") }
    guard family.isEmpty else {
      return DataSetError(
        name, "is several data sets; name one of them: \(family.joined(separator: ", "))")
    }
    let guess = NearestName.of(name, among: names).map { "; did you mean \($0)?" } ?? "."
    return DataSetError(
      name,
      "is not a known data set, and there is no such file or folder\(guess) "
        + "Known are \(names.joined(separator: ", ")), "
        + "and paths of image folders, archives, IDX, CSV and npz files"
    )
  }
}
