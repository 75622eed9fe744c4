import CLibrary
import JointVAEFiles

/// What a folder on the disk holds.
enum FolderListing {
  /// The names of what lies in the folder at `path`, in order; hidden ones are left out.
  ///
  /// - Throws: `FileError` when it cannot be listed.
  static func names(in path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      throw FileError(path, "cannot be listed: \(systemReason())")
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
