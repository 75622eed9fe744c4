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
    if FileKind.isFolder(path) { return try FolderCollection(path, limits: limits) }
    let file = try RandomAccessFile(path)
    let start = try file.read(TarHeader.byteCount, at: 0)
    if isZip(start) { return try ZipCollection(path, limits: limits) }
    if TarHeader.isPlausible(start) { return try TarCollection(file, limits: limits) }
    guard start.starts(with: GzipBytes.magic) else { return nil }
    let unpacked = try GzipBytes(FileBytes(path)).next(TarHeader.byteCount)
    return TarHeader.isPlausible(unpacked)
      ? try PackedTarCollection(path, limits: limits) : nil
  }

  /// Whether a file that begins with `bytes` is a zip, one without members included.
  private static func isZip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4b, 3, 4]) || bytes.starts(with: [0x50, 0x4b, 5, 6])
  }
}
