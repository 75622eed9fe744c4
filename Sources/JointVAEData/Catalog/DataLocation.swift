import JointVAEFiles

/// Where a data set's files are.
enum DataLocation: Equatable {
  /// IDX files of one part.
  case idx(IDXFiles)
  /// One file: an archive, a table or an array, told apart by its contents.
  case file(String)
  /// A folder of images, with folders in it.
  case folder(String)

  /// What lies at `path`.
  ///
  /// A folder may hold MNIST's files, one archive or table, the folder of a known data set, or
  /// images.
  /// - Throws: `FileError` when there is nothing there, or more than one thing.
  init(_ path: String, split: DataSplit, known: KnownDataSet?) throws {
    switch FileKind(path) {
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
    // Somebody may have named the folder of all data sets.
    for name in known?.folderNames ?? [] {
      let folder = "\(path)/\(name)"
      if FileKind.isFolder(folder) { return try inside(folder, split: split, known: known) }
    }
    let names = try FolderListing.names(in: path)
    let packed = names.filter { isPacked($0) && FileKind.isFile("\(path)/\($0)") }
    // The tables of one data set may lie beside each other.
    let isTables = known?.source == .files(CollectionLayout(labels: .numberInFileName))
    if try packed.isEmpty || holdsImages(path, names) || (isTables && packed.count > 1) {
      return .folder(path)
    }
    guard packed.count == 1 else {
      throw FileError(
        path,
        "holds several data files: \(packed.joined(separator: ", ")); say which one with --data FILE"
      )
    }
    return .file("\(path)/\(packed[0])")
  }

  /// Whether images lie in the folder at `path`, or in folders of it.
  private static func holdsImages(_ path: String, _ names: [String]) throws -> Bool {
    if names.contains(where: { CollectionIndex.isImageName($0[...]) }) { return true }
    guard names.contains(where: { FileKind.isFolder("\(path)/\($0)") }) else { return false }
    return try FileCollections.open(path)?.members.contains {
      CollectionIndex.isImageName($0.name[...])
    } ?? false
  }

  /// Whether a file of this name holds many images.
  private static func isPacked(_ name: String) -> Bool {
    let endings = [".zip", ".tar", ".tar.gz", ".tgz", ".csv", ".csv.gz", ".npy", ".npz"]
    return endings.contains { name.lowercased().hasSuffix($0) }
  }
}
