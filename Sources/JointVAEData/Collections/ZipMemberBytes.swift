import CZip
import JointVAEFiles

/// The unpacked bytes of one file in a zip archive, a little at a time, its checksum verified.
final class ZipMemberBytes: ByteSource {
  let path: String
  let largestByteCount: Int
  private let reader: ZipReader
  private let file: OpaquePointer
  private var readCount = 0

  /// Opens the member of the archive at `path` that is called `name`.
  ///
  /// - Throws: `FileError` when there is none, or it cannot be read.
  init(_ name: String, in path: String) throws {
    let reader = try ZipReader(path)
    let memberPath = "\(path)/\(name)"
    let found = try (0..<reader.count).first {
      MemberName.repaired(try reader.entry($0).name) == name
    }
    guard let found else { throw FileError(path, "holds no \(name.quoted)") }
    let entry = try reader.entry(found)
    if let obstacle = entry.obstacle { throw FileError(memberPath, obstacle) }
    guard !CollectionLimits.isImpossible(packed: entry.packedCount, unpacked: entry.byteCount)
    else {
      throw FileError(
        memberPath,
        "claims to have been packed from \(entry.byteCount) bytes into \(entry.packedCount), which "
          + "cannot be; it is not to be trusted")
    }
    self.path = memberPath
    self.reader = reader
    largestByteCount = entry.byteCount
    file = try reader.open(found, name: memberPath)
  }

  deinit { zip_fclose(file) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard !buffer.isEmpty else { return 0 }
    let got = zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count))
    guard got >= 0 else { throw ZipReader.memberFailure(path, zip_file_get_error(file)) }
    readCount += Int(got)
    guard readCount <= largestByteCount, got > 0 || readCount == largestByteCount else {
      throw FileError(
        path,
        "holds another number of bytes than the \(largestByteCount) of its archive's directory; the "
          + "archive is damaged, fetch it again")
    }
    return Int(got)
  }
}
