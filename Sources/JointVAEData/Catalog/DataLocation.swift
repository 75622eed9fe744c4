import JointVAEFiles

/// Where a data set's files are.
enum DataLocation: Equatable {
  /// One file: an archive, a table or an array, recognized by its content; and what was left out beside it.
  case file(String, remarks: [String])
  /// A folder of files, with folders in it.
  case folder(String)
  /// A folder or a file inside an archive.
  case inside(archive: String, String)

  /// What lies at `path`, which may lead into an archive: `archive.zip/train.csv`.
  ///
  /// A folder may hold one archive, the folder of a known data set, or files of images.
  /// - Throws: `FileError` when there is nothing there, or more than one thing.
  init(_ path: String, known: KnownDataSet?) throws {
    switch PathKind(path) {
    case nil:
      guard let (archive, place) = Self.archive(above: path) else {
        throw FileError(
          path,
          "does not exist; expected a file or a folder of images, or one of the known names "
            + KnownDataSet.all.map(\.name).joined(separator: ", "))
      }
      self = .inside(archive: archive, place)
    case .other: throw FileError(path, "is neither a file nor a folder; expected one of the two")
    case .file: self = .file(path, remarks: [])
    case .folder: self = try Self.inFolder(path, known: known)
    }
  }

  /// What people call it.
  var path: String {
    switch self {
    case .file(let path, _), .folder(let path): path
    case .inside(let archive, let place): "\(archive)/\(place)"
    }
  }

  /// What was left out beside it, each a sentence.
  var remarks: [String] {
    if case .file(_, let remarks) = self { remarks } else { [] }
  }

  /// The files whose change makes prepared images stale.
  var paths: [String] {
    switch self {
    case .file(let path, _): [path] + companions
    case .folder(let path): [path]
    case .inside(let archive, _): [archive]
    }
  }

  /// The place inside an archive; nil when it is all of it.
  var place: String? {
    if case .inside(_, let place) = self { place } else { nil }
  }

  /// The files of the folder or archive; nil when it is one file of images.
  func collection() throws -> (any FileCollection)? {
    switch self {
    case .file(let path, _), .folder(let path): return try FileCollections.open(path)
    case .inside(let archive, let place):
      guard let whole = try FileCollections.open(archive) else {
        throw FileError(archive, "is no archive, so there is no \(place.quoted) in it")
      }
      return try SubCollection(place, of: whole)
    }
  }

  /// Labels beside a file of images.
  private var companions: [String] {
    guard case .file(let path, _) = self else { return [] }
    return [IDXFiles(images: path).labels, ArrayFiles.labels(beside: path)].compactMap { $0 }
  }

  /// The archive that `path` leads into, and the rest of the path.
  private static func archive(above path: String) -> (archive: String, place: String)? {
    var end = path.endIndex
    while let slash = path[..<end].lastIndex(of: "/"), slash > path.startIndex {
      let above = String(path[..<slash])
      if PathKind.isFile(above) {
        let place = path[path.index(after: slash)...].split(separator: "/").joined(separator: "/")
        return place.isEmpty ? nil : (above, place)
      }
      end = slash
    }
    return nil
  }

  private static func inFolder(_ path: String, known: KnownDataSet?) throws -> DataLocation {
    // The path may be the folder of all data sets.
    for name in known?.folderNames ?? [] {
      let folder = "\(path)/\(name)"
      if PathKind.isFolder(folder) { return try inFolder(folder, known: known) }
    }
    var archives: [String] = []
    let names = try FolderListing.names(in: path)
    // Of many images, none is looked at to see whether it is one.
    let images = Set(names.filter(FileName.isImage).dropFirst(20))
    for name in names where !images.contains(name) && PathKind.isFile("\(path)/\(name)") {
      if FileContent.isArchive("\(path)/\(name)") { archives.append(name) }
    }
    guard !archives.isEmpty else { return .folder(path) }
    // Documents of other programs are archives, too. The data file has the name of one.
    let named = archives.filter(FileName.isPacked)
    if !named.isEmpty { archives = named }
    if archives.count > 1, let known {
      let words = known.folderNames.map { $0.lowercased() }
      let own = archives.filter { name in words.contains { name.lowercased().contains($0) } }
      if own.count == 1 { archives = own }
    }
    return try choice(of: archives, beside: names, isNamed: !named.isEmpty, in: path, known: known)
  }

  /// The archive, where nothing beside it is more likely meant.
  private static func choice(
    of archives: [String], beside names: [String], isNamed: Bool, in path: String,
    known: KnownDataSet?
  ) throws -> DataLocation {
    guard let collection = try FileCollections.open(path) else { return .folder(path) }
    let holdings = try Holdings(collection, threads: nil)
    let kinds = known?.kinds ?? DataKind.allCases
    // What is unpacked, or read as it is, comes before an archive, but for a few overviews.
    let packed: [DataKind] = [
      holdings.idxImages.isEmpty ? nil : .idx, holdings.arrays.isEmpty ? nil : .arrays,
      archives.contains { $0.lowercased().hasSuffix(".npz") } || holdings.tables.isEmpty
        || !holdings.holdsPixels() ? nil : .tables,
    ].compactMap { $0 }
    let isUnpacked =
      packed.contains(where: kinds.contains)
      || !holdings.images.isEmpty && kinds.contains(.images)
        && (!isNamed || !holdings.hasFewImages)
    if isUnpacked { return .folder(path) }
    guard archives.count == 1 else {
      throw FileError(
        path,
        "holds several data files: \(NameList.text(archives)); pass the path of one of them, such as "
          + "\(path)/\(archives[0])")
    }
    let images = holdings.images.map { holdings.names[$0] }
    return .file(
      "\(path)/\(archives[0])",
      remarks: images.isEmpty
        ? [] : [LeftOut.images(images, beside: archives[0])])
  }
}

/// Sentences about what is left out.
enum LeftOut {
  /// About images beside something that is read in their place.
  static func images(_ names: [String], beside other: String) -> String {
    "Left out \(NumberText.count(names.count, "image")) beside \(other): \(NameList.text(names))."
  }
}
