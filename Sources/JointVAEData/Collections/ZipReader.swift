import CZip
import JointVAEFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// libzip's handle of an archive, for one thread at a time.
///
/// Unchecked, as the compiler cannot see that `ZipReaders` hands a reader to one thread only.
final class ZipReader: @unchecked Sendable {
  private let path: String
  private let archive: OpaquePointer

  /// Opens the archive at `path` and reads its directory.
  /// - Throws: `FileError` when it is cut off or damaged.
  init(_ path: String) throws {
    self.path = path
    var code: Int32 = 0
    guard let archive = zip_open(path, ZIP_RDONLY, &code) else {
      var error = zip_error_t()
      zip_error_init_with_code(&error, code)
      defer { zip_error_fini(&error) }
      throw Self.failure(path, &error)
    }
    self.archive = archive
  }

  deinit { zip_discard(archive) }

  /// Members of all kinds.
  var count: Int { max(0, Int(zip_get_num_entries(archive, 0))) }

  /// What the directory says of the member at `index`.
  func entry(_ index: Int) throws -> ZipEntry {
    var status = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0 else {
      throw Self.failure(path, zip_get_error(archive))
    }
    let name = status.name.map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
    let known = zip_uint64_t(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)
    guard status.valid & known == known, let byteCount = Int(exactly: status.size),
      let packedCount = Int(exactly: status.comp_size)
    else {
      throw FileError(
        path, "does not say how large its member \(MemberName.repaired(name).quoted) is")
    }
    var system: zip_uint8_t = 0
    var attributes: zip_uint32_t = 0
    let hasAttributes =
      zip_file_get_external_attributes(archive, zip_uint64_t(index), 0, &system, &attributes) == 0
    let isUnix = hasAttributes && Int32(system) == ZIP_OPSYS_UNIX
    return ZipEntry(
      name: name, byteCount: byteCount, packedCount: packedCount,
      isEncrypted: Int32(status.encryption_method) != ZIP_EM_NONE,
      method: Int(status.comp_method), mode: isUnix ? mode_t(attributes >> 16) : 0)
  }

  /// Opens the member at `index` to read its bytes one after the other; whoever asks closes it.
  func open(_ index: Int, name: String) throws -> OpaquePointer {
    guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
      throw Self.memberFailure(name, zip_get_error(archive))
    }
    return file
  }

  /// Unpacks the member at `index` and verifies its checksum.
  ///
  /// - Parameter byteCount: what the directory says it holds.
  /// - Throws: `FileError` about `name` when it is damaged or holds another number of bytes.
  func read(_ index: Int, byteCount: Int, name: String) throws -> [UInt8] {
    let file = try open(index, name: name)
    defer { zip_fclose(file) }
    let bytes = try [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      while count < byteCount {
        let target = buffer.baseAddress.map { $0 + count }
        let got = zip_fread(file, target, zip_uint64_t(byteCount - count))
        guard got >= 0 else { throw Self.memberFailure(name, zip_file_get_error(file)) }
        guard got > 0 else {
          throw FileError(
            name,
            "ends after \(count) of \(byteCount) bytes; the archive is damaged, fetch it again")
        }
        count += Int(got)
      }
    }
    // The checksum is only verified by whoever meets the end.
    var more: UInt8 = 0
    let got = zip_fread(file, &more, 1)
    guard got >= 0 else { throw Self.memberFailure(name, zip_file_get_error(file)) }
    guard got == 0 else {
      throw FileError(
        name,
        "goes on after the \(byteCount) bytes of its archive's directory; the archive is damaged, "
          + "fetch it again")
    }
    return bytes
  }

  private static func failure(
    _ path: String, _ error: UnsafeMutablePointer<zip_error_t>?
  ) -> FileError {
    switch zip_error_code_zip(error) {
    case ZIP_ER_OPEN, ZIP_ER_READ, ZIP_ER_SEEK:
      FileError(path, "cannot be read: \(reason(error))")
    case ZIP_ER_NOZIP:
      FileError(
        path, "is a zip archive that is cut off: its directory is not at its end; fetch it again")
    default: FileError(path, "is a damaged zip archive: \(reason(error)); fetch it again")
    }
  }

  static func memberFailure(
    _ name: String, _ error: UnsafeMutablePointer<zip_error_t>?
  ) -> FileError {
    FileError(name, "cannot be unpacked: \(reason(error)); the archive is damaged, fetch it again")
  }

  /// libzip's words for an error.
  private static func reason(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
    zip_error_strerror(error).map { String(cString: $0) } ?? "unknown error"
  }
}

/// What the directory of a zip archive says of a member.
struct ZipEntry {
  /// The name as it stands there, in UTF-8.
  var name: [UInt8]
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
