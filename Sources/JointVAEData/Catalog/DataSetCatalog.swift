import JointVAE
import JointVAEFiles

/// Finds, reads and prepares data sets by name or by path.
///
///     let digits = try DataSetCatalog().load(DataSetRequest("mnist", imageSize: 32))
public struct DataSetCatalog: Sendable {
  /// Where named data sets are looked for when a request gives no path.
  public var roots: DataRoots
  /// How many threads to prepare images with; nil for one a core. Does not change the result.
  public var threads: Int?

  /// A catalog that looks in `roots`.
  public init(roots: DataRoots = DataRoots(), threads: Int? = nil) {
    self.roots = roots
    self.threads = threads
  }

  /// The images that `request` asks for, in memory.
  ///
  /// - Throws: `ConfigurationError` for a size or a limit out of range, `DataSetError` for a data
  ///   set nobody knows or a part it does not have, `FileError` for a file that is missing, damaged
  ///   or of an unsupported kind.
  public func load(_ request: DataSetRequest) throws -> LabeledImages {
    if let size = request.imageSize { try ImageShape(size: size).validate() }
    if let limit = request.limit, limit < 1 {
      throw ConfigurationError("limit", "\(limit)", expected: "at least 1 image")
    }
    if let known = KnownDataSet.all.first(where: { $0.name == request.dataSet }) {
      return try load(known, request)
    }
    guard FileKind(request.dataSet) != nil || request.dataSet.contains("/") else {
      throw unknown(request.dataSet)
    }
    guard request.path == nil else {
      throw DataSetError(
        request.dataSet, "is a path itself; expected a known name beside a path of its data")
    }
    return try idxImages(at: request.dataSet, request, known: nil)
  }

  private func load(_ known: KnownDataSet, _ request: DataSetRequest) throws -> LabeledImages {
    switch known.source {
    case .generatedShapes:
      try refusePath(known, request)
      return try ShapeGenerator(seed: request.seed, split: request.split ?? .train).images(
        count: request.limit, size: request.imageSize ?? 32, threads: threads)
    case .generatedSprites:
      try refusePath(known, request)
      return try SpriteGenerator(seed: request.seed, split: request.split ?? .train).images(
        count: request.limit, size: request.imageSize ?? 64, threads: threads)
    case .generatedGlyphs:
      try refusePath(known, request)
      return try GlyphGenerator(seed: request.seed, split: request.split ?? .train).images(
        count: request.limit, size: request.imageSize ?? 32, threads: threads)
    case .idxFiles:
      let path = try request.path ?? folder(of: known, request.split ?? .train)
      return try idxImages(at: path, request, known: known)
    }
  }

  /// - Throws: `DataSetError` when somebody gave a path for images that are generated.
  private func refusePath(_ known: KnownDataSet, _ request: DataSetRequest) throws {
    guard let path = request.path else { return }
    throw DataSetError(known.name, "is generated and reads no files; leave \(path) out")
  }

  /// The first of the roots' folders of this name that holds IDX files.
  private func folder(of known: KnownDataSet, _ split: DataSplit) throws -> String {
    let folders = roots.folders.map { "\($0)/\(known.name)" }
    if let folder = folders.first(where: IDXFiles.areIn) { return folder }
    let places = folders.isEmpty ? "anywhere" : "in \(folders.joined(separator: " or "))"
    throw DataSetError(
      known.name,
      "is not here: found none of \(IDXFiles.imageNames(split).joined(separator: ", ")) \(places); "
        + "put its files there, or say where they are with --data FOLDER")
  }

  private func unknown(_ name: String) -> DataSetError {
    let names = KnownDataSet.all.map(\.name)
    let guess = NearestName.of(name, among: names).map { "; did you mean \($0)?" } ?? "."
    return DataSetError(
      name,
      "is no known data set, and no such file or folder is here\(guess) "
        + "Known are \(names.joined(separator: ", ")), "
        + "and paths of IDX files and of folders of them"
    )
  }
}
