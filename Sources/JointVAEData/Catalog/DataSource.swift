import JointVAEFiles

/// A data set's files, opened and told apart by what they hold.
enum DataSource {
  /// Images of one size, one after the other.
  case array(any ImageArrayReader, split: DataSplit?)
  /// Images in files of their own.
  case collection(any FileCollection, CollectionIndex)

  /// Opens what lies at `location`.
  ///
  /// - Throws: `FileError` when it is of no kind that can be read, or damaged.
  init(_ location: DataLocation, _ request: DataSetRequest, known: KnownDataSet?) throws {
    let classCount = known.flatMap { $0.classNames.isEmpty ? nil : $0.classNames.count }
    switch location {
    case .idx(let files):
      self = .array(try IDXImages(files, classCount: classCount), split: request.wantedSplit)
    case .folder(let path), .file(let path):
      if let collection = try FileCollections.open(path) {
        self = try Self.inside(collection, request, known)
      } else {
        self = .array(try Self.array(path, request, classCount: classCount), split: nil)
      }
    }
  }

  /// A folder or archive of images, or of tables or arrays of images.
  private static func inside(
    _ collection: any FileCollection, _ request: DataSetRequest, _ known: KnownDataSet?
  ) throws -> DataSource {
    let names = collection.members.map(\.name)
    let path = collection.path
    let layout: CollectionLayout =
      if case .files(let layout) = known?.source { layout } else { .folders }
    let index = try CollectionIndex(names, layout: layout, path: path)
    guard index.items.isEmpty else {
      try index.requireFiles(in: collection.emptyFolders, layout: layout, at: path)
      return .collection(collection, index)
    }
    func open(_ name: String) throws -> any ByteSource {
      guard let member = names.firstIndex(of: name) else {
        throw FileError(path, "holds no \(name.quoted)")
      }
      let bytes = try collection.source(of: member)
      return name.lowercased().hasSuffix(".gz") ? try GzipBytes(bytes) : bytes
    }
    if names.contains(where: { $0.hasSuffix(".npy") }) {
      let arrays = try NPZImages(
        path: path, members: names, split: request.wantedSplit, open: open)
      let hasParts =
        names.contains { $0.contains("train") } && names.contains { $0.contains("test") }
      return .array(arrays, split: hasParts ? request.wantedSplit : nil)
    }
    if layout.labels == .numberInFileName,
      let tables = try ArabicTables(names, split: request.wantedSplit, path: path, open: open)
    {
      return .array(tables, split: request.wantedSplit)
    }
    let tables = names.filter { name in
      [".csv", ".csv.gz"].contains { name.lowercased().hasSuffix($0) }
    }
    if tables.count == 1 {
      return .array(try csv(open(tables[0]), request), split: nil)
    }
    throw FileError(
      path,
      "holds no images; expected \(known?.origin?.files ?? "some whose names end in .png, .jpg or .gif")"
    )
  }

  private static func array(
    _ path: String, _ request: DataSetRequest, classCount: Int?
  ) throws -> any ImageArrayReader {
    let start = try ByteSources.open(path).next(16)
    if start.starts(with: [0, 0]) {
      return try IDXImages(IDXFiles(images: path), classCount: classCount)
    }
    if start.starts(with: Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })) {
      return try NPYImages(source: ByteSources.open(path))
    }
    guard !start.isEmpty else { throw FileError(path, "is empty; expected images") }
    // Text has no control characters but tabs and line breaks; a byte order mark may come first.
    guard start.allSatisfy({ $0 >= 32 || (9...13).contains($0) }) else {
      let isImage = CollectionIndex.isImageName(path[...])
      throw FileError(
        path,
        isImage
          ? "is one image; expected many, pass the folder it is in"
          : "is of no kind that can be read; expected a folder or archive (.zip, .tar, .tar.gz) of "
            + "images, or an IDX, CSV, npy or npz file")
    }
    return try csv(ByteSources.open(path), request)
  }

  private static func csv(_ source: any ByteSource, _ request: DataSetRequest) throws -> CSVImages {
    let label: CSVLabelColumn =
      switch request.labelColumn {
      case nil: .automatic
      case "first": .first
      case "last": .last
      case "none": .none
      case let name?: Int(name).map { .number($0) } ?? .named(name)
      }
    return try CSVImages(source: source, label: label)
  }
}
