import JointVAEFiles

/// What stands around the contents of a zip file's stored entries, as PyTorch writes them: no times, and contents at
/// multiples of 64 bytes, so that they can be mapped into memory as numbers.
struct ZipLayout {
  private let checksum = CRC32()
  private var position = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// The most bytes a file without 64-bit records can have.
  static let sizeLimit = Int(UInt32.max)

  private static let alignment = 64

  /// The bytes before `contents`, which must follow at once.
  ///
  /// The caller keeps the file within `sizeLimit`, and names ASCII.
  mutating func header(of name: String, _ contents: UnsafeRawBufferPointer) -> [UInt8] {
    let size = UInt32(contents.count)
    let common = Self.record(
      // Version 2.0, no flags, stored, midnight of 1980-01-01.
      .two(20), .two(0), .two(0), .two(0), .two(0x21),
      .four(checksum(contents)), .four(size), .four(size), .two(UInt16(name.utf8.count)))
    directory += Self.record(.four(ZipArchive.Signature.directoryEntry), .two(20)) + common
    directory += Self.record(.two(0), .two(0), .two(0), .two(0), .four(0), .four(UInt32(position)))
    directory += name.utf8
    count += 1

    var header = Self.record(.four(ZipArchive.Signature.localHeader)) + common
    // What follows the common part: the length of the extra field, the name, the extra field's own 4 bytes.
    let unpadded = position + header.count + 2 + name.utf8.count + 4
    let padding = -unpadded & (Self.alignment - 1)
    header += Self.record(.two(UInt16(padding + 4))) + name.utf8
    // "FB" is PyTorch's identifier of such padding.
    header += Self.record(.two(0x4246), .two(UInt16(padding)))
    header += repeatElement(0, count: padding)
    position += header.count + contents.count
    return header
  }

  /// The bytes after the last entry's contents.
  func end() -> [UInt8] {
    directory
      + Self.record(
        .four(ZipArchive.Signature.directoryEnd), .two(0), .two(0), .two(UInt16(count)),
        .two(UInt16(count)), .four(UInt32(directory.count)), .four(UInt32(position)), .two(0))
  }

  private enum Field {
    case two(UInt16)
    case four(UInt32)
  }

  /// The fields, little-endian, one after the other.
  private static func record(_ fields: Field...) -> [UInt8] {
    fields.flatMap { field in
      switch field {
      case .two(let value): withUnsafeBytes(of: value.littleEndian) { Array($0) }
      case .four(let value): withUnsafeBytes(of: value.littleEndian) { Array($0) }
      }
    }
  }
}
