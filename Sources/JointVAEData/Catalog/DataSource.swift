import JointVAEFiles

/// A data set's files, opened and recognized by their content.
enum DataSource {
  /// Images of one size, one after the other; notes for the user.
  case array(any ImageArrayReader, split: DataSplit?, remarks: [String])
  /// Images in files of their own.
  case collection(any FileCollection, CollectionIndex)

  /// Opens what lies at `location`.
  ///
  /// - Throws: `FileError` when it is of no kind that can be read, or damaged.
  init(
    _ location: DataLocation, _ request: DataSetRequest, known: KnownDataSet?, threads: Int?
  ) throws {
    if let collection = try location.collection() {
      let opener = CollectionOpener(request: request, known: known)
      self = try opener.source(Holdings(collection, threads: threads))
    } else {
      self = try Self.file(location.path, request, known)
    }
  }

  /// One file of images.
  private static func file(
    _ path: String, _ request: DataSetRequest, _ known: KnownDataSet?
  ) throws -> DataSource {
    let content = try FileContent(path)
    switch content.format {
    case .idx:
      let files = IDXFiles(images: path)
      return .array(
        try IDXImages(
          ByteSources.open(path), labels: files.labels.map(ByteSources.open), known: known),
        split: nil, remarks: [])
    case .npy:
      let images = try NPYImages(source: ByteSources.open(path))
      guard let labels = ArrayFiles.labels(beside: path) else {
        return .array(images, split: nil, remarks: [])
      }
      return .array(
        try NPZImages(path: path, images: path, labels: labels, open: ByteSources.open),
        split: nil, remarks: [])
    case let format? where format.isImage:
      throw FileError(path, "is \(format); expected many, pass the folder it is in")
    case nil where content.start.isEmpty:
      throw FileError(path, "is empty; expected images")
    case nil where content.isText:
      let survey = try CSVSurvey(
        label: CSVLabelColumn(request.labelColumn), usual: known?.labelColumn
      ) { try ByteSources.open(path) }
      return .array(
        try CSVImages(source: ByteSources.open(path), survey: survey), split: nil,
        remarks: survey.remark.map { [$0] } ?? [])
    default:
      let packed = content.isGzipped ? " in a gzip file" : ""
      let found = content.format.map { "is \($0)\(packed)" } ?? "is of an unknown format"
      throw FileError(
        path,
        "\(found); expected a folder or archive (.zip, .tar, .tar.gz) of images, or an IDX, CSV, "
          + "npy or npz file" + (content.format?.advice.map { ": \($0)" } ?? ""))
    }
  }
}
