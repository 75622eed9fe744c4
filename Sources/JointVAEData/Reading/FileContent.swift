import JointVAEFiles

/// What the file at a path holds, looked at through gzip.
struct FileContent {
  /// The first bytes, unpacked; none of an empty file.
  let start: [UInt8]
  /// What the bytes show; nil when they show nothing, as those of text.
  let format: FileFormat?
  /// Whether the bytes are packed with gzip.
  let isGzipped: Bool

  /// Reads the first bytes of the file at `path`.
  ///
  /// - Throws: `FileError` when it is missing, is a folder, or cannot be read or unpacked.
  init(_ path: String) throws {
    let packed = try FileBytes(path).next(FileFormat.startLength)
    isGzipped = FileFormat(packed) == .gzip
    start =
      isGzipped ? try GzipBytes(FileBytes(path)).next(FileFormat.startLength) : packed
    format = FileFormat(start)
  }

  /// Whether the first bytes may be text: no control characters but tabs and line breaks. A byte order mark may come
  /// first.
  var isText: Bool {
    !start.isEmpty && format == nil
      && start.prefix(16).allSatisfy { $0 >= 32 || (9...13).contains($0) }
  }
}

/// What a file beside others is to a data set.
enum FileRole {
  /// One image.
  case image
  /// Many images: an archive, an array or a table.
  case packed
  /// Nothing.
  case other

  /// The role of the file called `name` in `folder`: what its content shows, and where that shows nothing, what its name
  /// says.
  init(of name: String, in folder: String) {
    let content = try? FileContent("\(folder)/\(name)")
    switch content?.format {
    case .zip, .tar, .npy, .idx(axes: 3): self = .packed
    case let format? where format.isImage: self = .image
    case nil where FileName.isImage(name): self = .image
    // Something else by the name of a data file is reported when it is opened.
    default: self = FileName.isPacked(name) ? .packed : .other
    }
  }
}
