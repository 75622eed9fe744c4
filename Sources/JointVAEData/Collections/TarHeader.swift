import JointVAEFiles

/// A block of 512 bytes before each member of a tar archive: ustar (POSIX.1-2017, pax, "ustar
/// Interchange Format"), GNU's variant of it, or the form of Unix's seventh edition.
struct TarHeader {
  /// Bytes of a header; contents are padded to a multiple of it.
  static let byteCount = TarBlock.byteCount

  /// What follows the header.
  enum Kind: Equatable {
    case file
    /// A folder, a link or a device, which has no content.
    case withoutContent
    /// The name of the next member, GNU's way.
    case longName
    /// Records about the next member, POSIX's way.
    case records
    /// Content that is of no interest here.
    case other
    /// A file with holes, or the rest of one that began in another archive.
    case unsupported(String)
  }

  /// The name, in bytes.
  let name: [UInt8]
  /// Bytes of content.
  let size: Int
  /// What follows.
  let kind: Kind
  /// Whether a block with more of the map of a file with holes comes before its content, GNU's way.
  let isContinued: Bool

  /// Reads a header.
  /// - Throws: `FileError` about the archive at `path` when the checksum is wrong or the size is no
  ///   number; `position` is where the header begins, for the message.
  init(_ block: [UInt8], at position: Int, in path: String) throws {
    guard TarBlock.hasValidChecksum(block) else {
      throw FileError(
        path,
        "is a damaged tar archive: no header with a valid checksum at byte \(position); fetch it "
          + "again")
    }
    guard let size = TarBlock.number(block[Self.sizeField]) else {
      throw FileError(
        path,
        "is a damaged tar archive: the header at byte \(position) gives a size that is not a number of "
          + "bytes; fetch it again")
    }
    self.size = size
    let base = Self.text(block[0..<100])
    // GNU's variant, "ustar" and two spaces, keeps times where POSIX has the start of long names.
    let isPOSIX = block[257..<263].elementsEqual("ustar\0".utf8)
    let prefix = isPOSIX ? Self.text(block[345..<500]) : []
    name = prefix.isEmpty ? base : prefix + [UInt8(ascii: "/")] + base
    kind = Self.kind(block[156], isFolder: base.last == UInt8(ascii: "/"))
    isContinued = block[156] == UInt8(ascii: "S") && block[482] != 0
  }

  private static let sizeField = 124..<136

  private static func text(_ field: ArraySlice<UInt8>) -> [UInt8] {
    Array(field.prefix { $0 != 0 })
  }

  private static func kind(_ flag: UInt8, isFolder: Bool) -> Kind {
    switch flag {
    case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): isFolder ? .withoutContent : .file
    case UInt8(ascii: "1")...UInt8(ascii: "6"): .withoutContent
    case UInt8(ascii: "L"): .longName
    case UInt8(ascii: "x"), UInt8(ascii: "X"): .records
    case UInt8(ascii: "S"): .unsupported("is stored with holes (a sparse file)")
    case UInt8(ascii: "M"): .unsupported("began in another archive")
    default: .other
    }
  }
}
