import JointVAEFiles

/// Where a data set's files are.
enum DataLocation: Equatable {
  /// IDX files of one part.
  case idx(IDXFiles)
  /// One file: an archive, a table or an array, recognized by its content.
  case file(String)
  /// A folder of images, with folders in it.
  case folder(String)

  /// What lies at `path`.
  ///
  /// A folder may hold MNIST's files, one archive or table, the folder of a known data set, or
  /// images.
  /// - Throws: `FileError` when there is nothing there, or more than one thing.
  init(_ path: String, split: DataSplit, known: KnownDataSet?) throws {
    switch PathKind(path) {
    case nil:
      throw FileError(
        path,
        "does not exist; expected a file or a folder of images, or one of the known names "
          + KnownDataSet.all.map(\.name).joined(separator: ", "))
    case .other: throw FileError(path, "is neither a file nor a folder; expected one of the two")
    case .file: self = .file(path)
    case .folder: self = try Self.inside(path, split: split, known: known)
    }
  }

  /// What people call it.
  var path: String { paths[0] }

  /// The files whose change makes prepared images stale.
  var paths: [String] {
    switch self {
    case .idx(let files): [files.images, files.labels].compactMap { $0 }
    case .file(let path), .folder(let path): [path]
    }
  }

  private static func inside(
    _ path: String, split: DataSplit, known: KnownDataSet?
  ) throws -> DataLocation {
    if IDXFiles.areIn(path) {
      return .idx(try IDXFiles(folder: path, split: split))
    }
    // The path may be the folder of all data sets.
    for name in known?.folderNames ?? [] {
      let folder = "\(path)/\(name)"
      if PathKind.isFolder(folder) { return try inside(folder, split: split, known: known) }
    }
    let names = try FolderListing.names(in: path)
    var packed: [String] = []
    for name in names where PathKind.isFile("\(path)/\(name)") {
      switch FileRole(of: name, in: path) {
      case .image: return .folder(path)
      case .packed: packed.append(name)
      case .other: break
      }
    }
    // Documents of other programs are archives, too. The data file has the name of one.
    let named = packed.filter(FileName.isPacked)
    if packed.count > 1 && named.count == 1 { packed = named }
    // The tables of one data set may lie beside each other.
    let isTables = known?.source == .files(CollectionLayout(labels: .numberInFileName))
    if try packed.isEmpty || holdsImages(path, names) || (isTables && packed.count > 1) {
      return .folder(path)
    }
    guard packed.count == 1 else {
      throw FileError(
        path,
        "holds several data files: \(packed.joined(separator: ", ")); pass the path of one of them"
      )
    }
    return .file("\(path)/\(packed[0])")
  }

  /// Whether images lie in the folders of the folder at `path`.
  private static func holdsImages(_ path: String, _ names: [String]) throws -> Bool {
    guard names.contains(where: { PathKind.isFolder("\(path)/\($0)") }),
      let collection = try FileCollections.open(path)
    else { return false }
    return try collection.members.contains { FileName.isImage($0.name) }
      || CollectionContents(collection, threads: nil).isImage.contains(true)
  }
}
