import JointVAEFiles

/// A data set's files, opened and recognized by their content.
enum DataSource {
  /// Images of one size, one after the other.
  case array(any ImageArrayReader, split: DataSplit?)
  /// Images in files of their own.
  case collection(any FileCollection, CollectionIndex)

  /// Opens what lies at `location`.
  ///
  /// - Throws: `FileError` when it is of no kind that can be read, or damaged.
  init(
    _ location: DataLocation, _ request: DataSetRequest, known: KnownDataSet?, threads: Int?
  ) throws {
    let classCount = known.flatMap { $0.classNames.isEmpty ? nil : $0.classNames.count }
    switch location {
    case .idx(let files):
      self = .array(try IDXImages(files, classCount: classCount), split: request.wantedSplit)
    case .folder(let path), .file(let path):
      if let collection = try FileCollections.open(path) {
        self = try Self.inside(collection, request, known, threads)
      } else {
        self = .array(try Self.array(path, request, known), split: nil)
      }
    }
  }

  /// A folder or archive of images, or of tables or arrays of images.
  private static func inside(
    _ collection: any FileCollection, _ request: DataSetRequest, _ known: KnownDataSet?,
    _ threads: Int?
  ) throws -> DataSource {
    let names = collection.members.map(\.name)
    let path = collection.path
    let layout: CollectionLayout =
      if case .files(let layout) = known?.source { layout } else { .folders }
    let contents = try CollectionContents(collection, threads: threads)
    let index = try CollectionIndex(
      names, isImage: contents.isImage, layout: layout, path: path)
    guard index.items.isEmpty else {
      try index.requireFiles(in: collection.emptyFolders, layout: layout, at: path)
      return .collection(collection, index)
    }
    func open(_ name: String) throws -> any ByteSource {
      guard let member = names.firstIndex(of: name) else {
        throw FileError(path, "holds no \(name.quoted)")
      }
      let bytes = try collection.source(of: member)
      return contents[member] == .gzip ? try GzipBytes(bytes) : bytes
    }
    let arrayNames = names.indices.filter {
      contents[$0] == .npy || names[$0].hasSuffix(".npy")
    }.map { names[$0] }
    if !arrayNames.isEmpty {
      let arrays = try NPZImages(
        path: path, members: arrayNames, split: request.wantedSplit, open: open)
      let hasParts =
        arrayNames.contains { $0.contains("train") } && arrayNames.contains { $0.contains("test") }
      return .array(arrays, split: hasParts ? request.wantedSplit : nil)
    }
    if layout.labels == .numberInFileName,
      let tables = try ArabicTables(names, split: request.wantedSplit, path: path, open: open)
    {
      return .array(tables, split: request.wantedSplit)
    }
    let tables = names.indices.filter { FileName.isTable(names[$0]) }
    if tables.count == 1 {
      let (name, format) = (names[tables[0]], contents[tables[0]])
      guard format == nil || format == .gzip else {
        throw FileError(
          "\(path)/\(name)", "is \(format, default: "something else"); expected a table (CSV)")
      }
      return .array(try csv(request, known) { try open(name) }, split: nil)
    }
    throw FileError(
      path,
      "holds no images; expected \(known?.origin?.files ?? "PNG, JPEG or GIF files")"
    )
  }

  private static func array(
    _ path: String, _ request: DataSetRequest, _ known: KnownDataSet?
  ) throws -> any ImageArrayReader {
    let classCount = known.flatMap { $0.classNames.isEmpty ? nil : $0.classNames.count }
    let content = try FileContent(path)
    switch content.format {
    case .idx: return try IDXImages(IDXFiles(images: path), classCount: classCount)
    case .npy: return try NPYImages(source: ByteSources.open(path))
    case let format? where format.isImage:
      throw FileError(path, "is \(format); expected many, pass the folder it is in")
    case nil where content.start.isEmpty:
      throw FileError(path, "is empty; expected images")
    case nil where content.isText: return try csv(request, known) { try ByteSources.open(path) }
    default:
      let packed = content.isGzipped ? " in a gzip file" : ""
      let found = content.format.map { "is \($0)\(packed)" } ?? "is of an unknown format"
      throw FileError(
        path,
        "\(found); expected a folder or archive (.zip, .tar, .tar.gz) of images, or an IDX, CSV, "
          + "npy or npz file")
    }
  }

  private static func csv(
    _ request: DataSetRequest, _ known: KnownDataSet?, open: @escaping () throws -> any ByteSource
  ) throws -> CSVImages {
    let survey = try CSVSurvey(
      label: CSVLabelColumn(request.labelColumn), usual: known?.labelColumn, open: open)
    return try CSVImages(source: open(), survey: survey)
  }
}
