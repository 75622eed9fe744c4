import JointVAEFiles

/// What the file at a path holds, looked at through gzip.
package struct FileContent {
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

  /// Whether the file at `path` is an archive of files or arrays; false when it cannot be read.
  static func isArchive(_ path: String) -> Bool {
    let format = (try? FileContent(path))?.format
    return format == .zip || format == .tar
  }

  /// Whether the file at `path` is an image, readable or not; false when it cannot be read.
  package static func isImage(_ path: String) -> Bool {
    PathKind.isFile(path) && (try? FileContent(path))?.format?.isImage == true
  }

  /// Whether the first bytes may be text: no control characters but tabs and line breaks. A byte order mark may come
  /// first.
  var isText: Bool {
    !start.isEmpty && format == nil
      && start.prefix(16).allSatisfy { $0 >= 32 || (9...13).contains($0) }
  }
}
