import CLibrary

/// What lies at a path, links followed.
package enum PathKind {
  case file
  case folder
  /// A device, a pipe or a socket.
  case other

  /// What lies at `path`; nil when there is nothing, or nothing that may be seen.
  package init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    default: self = .other
    }
  }

  package static func isFile(_ path: String) -> Bool { PathKind(path) == .file }
  package static func isFolder(_ path: String) -> Bool { PathKind(path) == .folder }
}
