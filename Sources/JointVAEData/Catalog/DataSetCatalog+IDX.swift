import JointVAE
import JointVAEFiles

extension DataSetCatalog {
  /// The images of an IDX file, or of a folder with MNIST's four.
  ///
  /// - Parameter known: the data set the files belong to; nil for somebody's own.
  func idxImages(
    at path: String, _ request: DataSetRequest, known: KnownDataSet?
  ) throws -> LabeledImages {
    let files: IDXFiles
    let part: String
    switch FileKind(path) {
    case nil:
      throw FileError(
        path,
        "does not exist; expected an IDX file or a folder of them, or one of the known names "
          + KnownDataSet.all.map(\.name).joined(separator: ", "))
    case .file:
      guard request.split != .test else {
        throw FileError(
          path, "is one file without parts; leave the split out, or pass the folder it is in")
      }
      files = IDXFiles(images: path)
      part = "all"
    case .folder:
      let split = request.split ?? .train
      let folder = Self.folder(path, of: known)
      guard IDXFiles.areIn(folder) else {
        throw FileError(
          path,
          "holds none of \(IDXFiles.imageNames(split).joined(separator: ", ")); "
            + "expected a folder of IDX files with MNIST's names, plain or gzipped")
      }
      files = try IDXFiles(folder: folder, split: split)
      part = split.rawValue
    case .other:
      throw FileError(path, "is neither a file nor a folder; expected one of the two")
    }
    return try read(files, part: part, request, known: known)
  }

  /// `path`, or the data set's own folder in it when somebody named the folder of all data sets.
  private static func folder(_ path: String, of known: KnownDataSet?) -> String {
    guard let known, !IDXFiles.areIn(path), IDXFiles.areIn("\(path)/\(known.name)") else {
      return path
    }
    return "\(path)/\(known.name)"
  }

  private func read(
    _ files: IDXFiles, part: String, _ request: DataSetRequest, known: KnownDataSet?
  ) throws -> LabeledImages {
    let images = try IDXImages(files.images)
    let size = request.imageSize ?? (max(images.height, images.width) <= 32 ? 32 : 64)
    let kept = try images.countThatFits(size: size, limit: request.limit)
    // Labels first: they are short, and what is wrong with them is known before the images are
    // unpacked.
    let labels = try files.labels.map {
      try IDXLabels.read(
        $0, of: images, at: files.images, classCount: known?.classNames.count)
    }
    let pixels = try images.prepared(size: size, count: kept, threads: threads)
    // Of all labels, so that a limit does not change what the classes are.
    let classCount = labels?.max().map { Int($0) + 1 } ?? 0
    return try LabeledImages(
      name: known?.name ?? request.dataSet,
      part: kept < images.count ? "\(part), first \(kept)" : part, origin: files.images,
      imageShape: ImageShape(size: size), pixels: pixels,
      labels: labels.map { $0.prefix(kept).map(Int.init) },
      classNames: known?.classNames ?? (0..<classCount).map(String.init))
  }
}
