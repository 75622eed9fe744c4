import CLibrary
import JointVAEFiles

/// How to get at a file in a folder by the name that its member has.
enum FolderPlace: Sendable {
  /// As the member is called.
  case asNamed
  /// By another name, as the member's is repaired.
  case named(String)
  /// Not at all: its name is not text.
  case unnameable

  /// The path of the file in the folder `root`.
  /// - Throws: `FileError` about `name` when there is none.
  func path(in root: String, name: String) throws -> String {
    switch self {
    case .asNamed: return name
    case .named(let original): return "\(root)/\(original)"
    case .unnameable: throw FileError(name, "has a name that is not UTF-8; rename it")
    }
  }
}

/// Goes through a folder and the folders in it.
struct FolderWalk {
  /// What was found.
  private(set) var list: MemberList<FolderPlace>
  /// Folders below the root that hold no member, nor do those in them; called as members are.
  private(set) var emptyFolders: [String] = []
  private let root: String
  private let limits: CollectionLimits
  /// Folders and files met, whether they count as members or not.
  private var entryCount = 0
  /// The folders from the root to the one at hand: a link to one of these leads in a circle.
  private var ancestors: [Folder] = []

  private struct Folder: Equatable {
    var device: UInt64
    var number: UInt64
  }

  /// A walk through the folder at `root`.
  init(_ root: String, _ limits: CollectionLimits) {
    self.root = root
    self.limits = limits
    list = MemberList(root, limits)
  }

  /// Lists the folder at `place`, bytes below the root, and those in it.
  ///
  /// Links are followed, except where they lead to a folder that they are in. What a link does not
  /// reach, and what is neither a folder nor a file, is left out.
  /// - Throws: `FileError` when a folder cannot be read, or the limits are exceeded.
  mutating func enter(_ place: [UInt8]) throws {
    guard let status = status(of: place), status.st_mode & S_IFMT == S_IFDIR else { return }
    let folder = Folder(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      number: UInt64(truncatingIfNeeded: status.st_ino))
    guard !ancestors.contains(folder) else { return }
    guard ancestors.count <= limits.depth else {
      throw FileError(
        described(place), "is more than \(limits.depth) folders deep; pass a folder further down")
    }
    ancestors.append(folder)
    defer { ancestors.removeLast() }
    let memberCount = list.count
    for name in try names(in: place) {
      entryCount += 1
      guard entryCount <= limits.memberCount else {
        throw FileError(
          root,
          "holds more than \(limits.memberCount) files and folders; pass the folder inside that you "
            + "mean")
      }
      try visit(place.isEmpty ? name : place + [UInt8(ascii: "/")] + name, name: name)
    }
    if list.count == memberCount && !place.isEmpty {
      emptyFolders.append(MemberName.repaired(place))
    }
  }

  private mutating func visit(_ place: [UInt8], name: [UInt8]) throws {
    guard !MemberName.isHidden(name[...]), !MemberName.isLitter(name[...]),
      let status = status(of: place)
    else { return }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: try enter(place)
    case S_IFREG:
      let shown = MemberName.repaired(place)
      let kind: FolderPlace =
        shown.utf8.elementsEqual(place)
        ? .asNamed
        : String(validating: place, as: UTF8.self).map { .named($0) } ?? .unnameable
      try list.add(shown, byteCount: Int(status.st_size), place: kind)
    default: break
    }
  }

  /// What is in a folder, in no certain order.
  private func names(in place: [UInt8]) throws -> [[UInt8]] {
    guard let stream = withPath(of: place, { opendir($0) }) else {
      throw FileError(described(place), "cannot be listed: \(systemReason())")
    }
    defer { closedir(stream) }
    var names: [[UInt8]] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else {
          throw FileError(described(place), "cannot be listed: \(systemReason())")
        }
        return names
      }
      // The system may hand out less memory than a whole `dirent`: its name is only read up to the 0.
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { continue }
      let name = UnsafeRawPointer(entry).advanced(by: offset)
      let count = strlen(name.assumingMemoryBound(to: CChar.self))
      let bytes = [UInt8](UnsafeRawBufferPointer(start: name, count: count))
      if bytes != Array(".".utf8), bytes != Array("..".utf8) { names.append(bytes) }
    }
  }

  private func status(of place: [UInt8]) -> stat? {
    var status = stat()
    return withPath(of: place) { stat($0, &status) } == 0 ? status : nil
  }

  /// Names need not be UTF-8, so the system gets their bytes.
  private func withPath<Result>(
    of place: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    let bytes = Array(root.utf8) + [UInt8(ascii: "/")] + place + [0]
    return bytes.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { buffer in
      guard let path = buffer.baseAddress else { preconditionFailure("a path is never empty") }
      return body(path)
    }
  }

  private func described(_ place: [UInt8]) -> String {
    place.isEmpty ? root : "\(root)/\(MemberName.repaired(place))"
  }
}
