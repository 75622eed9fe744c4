import CLibrary
import CZip
import JointVAEFiles

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

  /// The directory's entry of the member at `index`.
  func entry(_ index: Int) throws -> ZipEntry {
    var status = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0 else {
      throw Self.failure(path, zip_get_error(archive))
    }
    let name = name(index, ZIP_FL_ENC_RAW)
    let known = zip_uint64_t(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)
    guard status.valid & known == known, let byteCount = Int(exactly: status.size),
      let packedCount = Int(exactly: status.comp_size)
    else {
      throw FileError(
        path, "does not give the size of its member \(MemberName.repaired(name).quoted) is")
    }
    var system: zip_uint8_t = 0
    var attributes: zip_uint32_t = 0
    let hasAttributes =
      zip_file_get_external_attributes(archive, zip_uint64_t(index), 0, &system, &attributes) == 0
    let isUnix = hasAttributes && Int32(system) == ZIP_OPSYS_UNIX
    return ZipEntry(
      name: name,
      isUTF8: name.allSatisfy { $0 < 0x80 } || name == self.name(index, ZIP_FL_ENC_STRICT),
      byteCount: byteCount, packedCount: packedCount,
      isEncrypted: Int32(status.encryption_method) != ZIP_EM_NONE,
      method: Int(status.comp_method), mode: isUnix ? mode_t(attributes >> 16) : 0)
  }

  /// The name of a member: as it stands there, or, strictly, in UTF-8, which differs where it is said to be another code
  /// page's.
  private func name(_ index: Int, _ flags: some BinaryInteger) -> [UInt8] {
    guard let name = zip_get_name(archive, zip_uint64_t(index), zip_flags_t(flags)) else {
      return []
    }
    return Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
  }

  /// Starts to unpack the member at `index`, called `name` by errors.
  fileprivate func open(_ index: Int, name: String) throws -> OpaquePointer {
    guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else {
      throw Self.memberFailure(name, zip_get_error(archive))
    }
    return file
  }

  private static func failure(
    _ path: String, _ error: UnsafeMutablePointer<zip_error_t>?
  ) -> FileError {
    switch zip_error_code_zip(error) {
    case ZIP_ER_OPEN, ZIP_ER_READ, ZIP_ER_SEEK, ZIP_ER_MEMORY:
      FileError(path, "cannot be read: \(reason(error))")
    case ZIP_ER_NOZIP:
      FileError(
        path, "is a zip archive that is cut off: its directory is not at its end; fetch it again")
    default: FileError(path, "is a damaged zip archive: \(reason(error)); fetch it again")
    }
  }

  fileprivate static func memberFailure(
    _ name: String, _ error: UnsafeMutablePointer<zip_error_t>?
  ) -> FileError {
    // What the machine lacks is no fault of the archive.
    switch zip_error_code_zip(error) {
    case ZIP_ER_OPEN, ZIP_ER_READ, ZIP_ER_SEEK, ZIP_ER_MEMORY:
      FileError(name, "cannot be unpacked: \(reason(error))")
    case ZIP_ER_COMPNOTSUPP:
      FileError(
        name,
        "cannot be unpacked: it is compressed in a way that is not supported; pack the archive again"
      )
    default:
      FileError(
        name, "cannot be unpacked: \(reason(error)); the archive is damaged, fetch it again")
    }
  }

  /// libzip's words for an error.
  private static func reason(_ error: UnsafeMutablePointer<zip_error_t>?) -> String {
    zip_error_strerror(error).map { String(cString: $0) } ?? "unknown error"
  }
}

/// The unpacked bytes of a member, its length and its checksum verified at the end.
final class ZipMemberBytes: ByteSource {
  let path: String
  let largestByteCount: Int
  private let reader: ZipReader
  private let file: OpaquePointer
  private var count = 0

  /// Starts to unpack the member at `index` of `reader`'s archive.
  ///
  /// - Parameters:
  ///   - byteCount: its size by the directory.
  ///   - name: what errors call it.
  /// - Throws: `FileError` when it cannot be unpacked.
  init(_ reader: ZipReader, index: Int, byteCount: Int, name: String) throws {
    self.reader = reader
    file = try reader.open(index, name: name)
    path = name
    largestByteCount = byteCount
  }

  deinit { zip_fclose(file) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard buffer.count > 0 else { return 0 }
    let got = zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
    guard got >= 0 else { throw ZipReader.memberFailure(path, zip_file_get_error(file)) }
    count += Int(got)
    guard count <= largestByteCount else {
      throw FileError(
        path,
        "goes on after the \(largestByteCount) bytes of its archive's directory; the archive is "
          + "damaged, fetch it again")
    }
    guard got > 0 || count == largestByteCount else {
      throw FileError(
        path,
        "ends after \(count) of \(largestByteCount) bytes; the archive is damaged, fetch it again")
    }
    return Int(got)
  }

  /// All bytes of a member that is to be in memory.
  func all() throws -> [UInt8] {
    let bytes = try next(largestByteCount)
    // Only a read that reaches the end verifies the checksum.
    _ = try next(1)
    return bytes
  }
}
