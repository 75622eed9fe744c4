import CZip
import Foundation

/// Zip archives written by libzip, and changed by hand where they are to lie.
enum ZipBytes {
  struct Failed: Error {}

  /// Writes `files` to an archive at `path` in this order.
  ///
  /// - Parameters:
  ///   - password: nil for no encryption.
  ///   - links: names of members that are to be symbolic links.
  static func write(
    _ files: [(name: String, bytes: [UInt8])], to path: String, password: String? = nil,
    links: Set<String> = []
  ) throws {
    guard let archive = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, nil) else { throw Failed() }
    for file in files {
      // libzip frees what it is given here with `free`.
      let copy = malloc(max(1, file.bytes.count))
      file.bytes.withUnsafeBytes { bytes in
        if let start = bytes.baseAddress { copy?.copyMemory(from: start, byteCount: bytes.count) }
      }
      guard
        let source = zip_source_buffer(archive, copy, zip_uint64_t(file.bytes.count), 1)
      else { throw Failed() }
      let index = zip_file_add(archive, file.name, source, 0)
      guard index >= 0 else { throw Failed() }
      if let password {
        let code = zip_file_set_encryption(
          archive, zip_uint64_t(index), zip_uint16_t(ZIP_EM_AES_256), password)
        guard code == 0 else { throw Failed() }
      }
      if links.contains(file.name) {
        zip_file_set_external_attributes(
          archive, zip_uint64_t(index), 0, zip_uint8_t(ZIP_OPSYS_UNIX), 0o120777 << 16)
      }
    }
    guard zip_close(archive) == 0 else { throw Failed() }
  }

  /// The bytes of an archive of `files`.
  static func archive(_ files: [(name: String, bytes: [UInt8])], in folder: String) throws
    -> [UInt8]
  {
    let path = "\(folder)/\(UUID().uuidString).zip"
    try write(files, to: path)
    return try Array(Data(contentsOf: URL(filePath: path)))
  }

  /// Where the headers of the directory begin.
  static func directoryEntries(_ bytes: [UInt8]) -> [Int] {
    bytes.indices.dropLast(45).filter { bytes[$0..<$0 + 4].elementsEqual([0x50, 0x4b, 1, 2]) }
  }

  /// Writes a little-endian number over `count` bytes.
  static func put(_ number: Int, count: Int, at place: Int, in bytes: inout [UInt8]) {
    for offset in 0..<count {
      bytes[place + offset] = UInt8(truncatingIfNeeded: number >> (8 * offset))
    }
  }

  /// Replaces a name by one of the same length, wherever it stands.
  static func renaming(_ old: String, to new: String, in bytes: [UInt8]) -> [UInt8] {
    precondition(old.utf8.count == new.utf8.count, "names are replaced in place")
    var bytes = bytes
    let pattern = Array(old.utf8)
    for start in bytes.indices.dropLast(pattern.count - 1)
    where bytes[start..<start + pattern.count].elementsEqual(pattern) {
      bytes.replaceSubrange(start..<start + pattern.count, with: Array(new.utf8))
    }
    return bytes
  }
}
