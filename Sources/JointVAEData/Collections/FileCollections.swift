import JointVAEFiles

/// Opens folders and archives.
package enum FileCollections {
  /// The files of the folder, .zip, .tar or .tar.gz at `path`, known by its content and not by its
  /// name; nil when it is none of these.
  ///
  /// An .npz file is a zip of arrays, and is opened as such.
  /// - Throws: `FileError` when nothing is there, it cannot be read, or it is a damaged archive or one
  ///   that goes beyond `limits`.
  package static func open(
    _ path: String, limits: CollectionLimits = .standard
  ) throws -> (any FileCollection)? {
    if PathKind.isFolder(path) { return try FolderCollection(path, limits: limits) }
    let file = try RandomAccessFile(path)
    switch FileFormat(try file.read(FileFormat.startLength, at: 0)) {
    case .zip: return try ZipCollection(path, limits: limits)
    case .tar: return try TarCollection(file, limits: limits)
    case .gzip:
      return try FileContent(path).format == .tar
        ? try PackedTarCollection(path, limits: limits) : nil
    default: return nil
    }
  }
}
