import CLibrary

/// The entry of a member in the directory of a zip archive.
struct ZipEntry {
  /// The name as it stands there; in UTF-8 when `isUTF8`.
  var name: [UInt8]
  /// Whether the archive says that the name is in UTF-8, or it is plain ASCII.
  var isUTF8: Bool
  /// Bytes when unpacked.
  var byteCount: Int
  /// Bytes in the archive.
  var packedCount: Int
  /// Whether a password is needed.
  var isEncrypted: Bool
  /// The number of the way it is packed; 0 stored, 8 deflated.
  var method: Int
  /// Unix's file type and permissions; 0 when the archive was made elsewhere.
  var mode: mode_t

  /// Whether this is neither a folder nor a link nor a device.
  var isRegularFile: Bool {
    let kind = mode & S_IFMT
    let isFolder = name.last == UInt8(ascii: "/") || name.last == UInt8(ascii: "\\")
    return !isFolder && (kind == 0 || kind == S_IFREG)
  }

  /// Why the member cannot be read, if so.
  var obstacle: String? {
    if isEncrypted {
      return "is encrypted; unpack the archive with its password and pass the folder"
    }
    if method != 0 && method != 8 {
      return
        "is packed by method \(method); expected 0 (stored) or 8 (deflate): unpack the archive "
        + "and pass the folder"
    }
    return nil
  }
}
