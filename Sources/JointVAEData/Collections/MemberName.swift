import JointVAEFiles

/// Names of files in archives and folders, as they come and as they are passed on.
enum MemberName {
  /// The name inside an archive with "/" between its parts; nil when it is hidden or empty.
  ///
  /// Some Windows programs write "\" between the parts, so it is taken for "/".
  /// - Throws: `FileError` about the archive at `path` when the name is absolute, has a part "..",
  ///   or has too many parts. Nothing is ever written where a name says, but the maker of such an
  ///   archive meant harm or made a mistake.
  static func clean(_ bytes: [UInt8], in path: String, depth: Int) throws -> String? {
    let bytes = (NameEncoding.likeliest(of: [bytes])?.decoded(bytes) ?? bytes)
      .map { $0 == UInt8(ascii: "\\") ? slash : $0 }
    guard bytes.first != slash, !startsWithDrive(bytes) else {
      throw untrusted(path, bytes, "which is an absolute path")
    }
    var parts = bytes.split(separator: slash)
    parts.removeAll { $0.elementsEqual(".".utf8) }
    guard !parts.contains(where: { $0.elementsEqual("..".utf8) }) else {
      throw untrusted(path, bytes, "which leads out of the archive")
    }
    guard parts.count <= depth else {
      throw untrusted(path, bytes, "which has \(parts.count) parts, more than \(depth)")
    }
    guard let last = parts.last, !parts.contains(where: isHidden), !isLitter(last) else {
      return nil
    }
    return repaired(Array(parts.joined(separator: [slash])))
  }

  /// Whether files and folders of this name are left out: hidden ones, and the folder in which macOS
  /// keeps what other systems have no place for.
  static func isHidden(_ part: ArraySlice<UInt8>) -> Bool {
    part.first == UInt8(ascii: ".") || part.elementsEqual("__MACOSX".utf8)
  }

  /// Whether this is a file that a system put there for itself.
  static func isLitter(_ name: ArraySlice<UInt8>) -> Bool {
    ["Thumbs.db", "desktop.ini", "Icon\r"].contains { name.elementsEqual($0.utf8) }
  }

  /// The name as text, with U+FFFD for bytes that are not UTF-8 or controls a terminal.
  static func repaired(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    // Nearly all names are plain ASCII, which needs no look at Unicode's tables.
    if bytes.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      result.append(scalar.properties.generalCategory == .control ? "\u{fffd}" : scalar)
    }
    return String(result)
  }

  private static let slash = UInt8(ascii: "/")

  /// Whether the name begins as "C:/" does.
  private static func startsWithDrive(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[1] == UInt8(ascii: ":") && bytes[2] == slash
  }

  private static func untrusted(_ path: String, _ name: [UInt8], _ reason: String) -> FileError {
    FileError(
      path,
      "holds a member named \(repaired(name).quoted), \(reason); such an archive is not to be "
        + "trusted: unpack it with care and pass the folder")
  }
}
