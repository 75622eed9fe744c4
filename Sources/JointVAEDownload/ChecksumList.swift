import Foundation
import JointVAEFiles

/// A list of files with their checksums, as `sha256sum` and `md5sum` print it: digits, two spaces, name.
public struct ChecksumList: Hashable, Sendable {
  /// The names and checksums, in the order of the list.
  public let entries: [Entry]

  /// A file of the list.
  public struct Entry: Hashable, Sendable {
    /// Its name, which is no path.
    public var name: String
    /// What it is known by.
    public var checksum: Checksum
  }

  private static let sizeLimit = 1 << 20

  /// Reads the list at `path`.
  ///
  /// - Throws: `FileError` when it cannot be read, has another form, names a file twice, or has names that lead out of a
  ///   folder.
  public init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path, "is not UTF-8; expected lines as sha256sum prints them")
    }
    var entries: [Entry] = []
    var names: Set<String> = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    where !line.isEmpty {
      guard let entry = Entry(line) else {
        throw FileError(
          path,
          "has the line \(number + 1) \(String(line).quoted); expected 64 or 32 hexadecimal digits, two spaces and "
            + "the name of a file without folders")
      }
      guard names.insert(entry.name).inserted else {
        throw FileError(path, "names \(entry.name.quoted) twice; remove one of the lines")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else {
      throw FileError(path, "names no file; expected lines as sha256sum prints them")
    }
    self.entries = entries
  }

  /// The files as they are at `address`, a web address that each name goes behind.
  public func files(at address: String) -> [KnownDownload.File] {
    let folder = address.hasSuffix("/") ? address : address + "/"
    return entries.map { entry in
      let name = entry.name.addingPercentEncoding(withAllowedCharacters: Self.plain) ?? entry.name
      return KnownDownload.File(
        name: entry.name, download: Download(mirrors: [folder + name], checksum: entry.checksum))
    }
  }

  /// What stands in an address as it is.
  private static let plain = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}

extension ChecksumList.Entry {
  /// Reads `<digits>  <name>`, or `<digits> *<name>` of a file that was read as bytes.
  fileprivate init?(_ line: Substring) {
    guard let end = line.firstIndex(where: { !$0.isHexDigit }) else { return nil }
    let digest = line[..<end].lowercased()
    let rest = line[end...]
    guard rest.hasPrefix("  ") || rest.hasPrefix(" *") else { return nil }
    let name = String(rest.dropFirst(2))
    // A name of this list becomes a file beside the others, and nothing else.
    guard !name.isEmpty, name != ".", name != "..", name.utf8.count <= 200,
      !name.unicodeScalars.contains(where: { $0 == "/" || $0 == "\\" || $0.value < 32 }),
      !name.hasSuffix(".partial"), !name.hasSuffix(".partial.source")
    else { return nil }
    switch digest.utf8.count {
    case 64: self.init(name: name, checksum: .sha256(digest))
    case 32: self.init(name: name, checksum: .md5(digest))
    default: return nil
    }
  }
}
