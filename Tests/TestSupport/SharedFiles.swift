import Foundation

/// Data sets and goldens that stand outside the package.
///
/// Tests that need them skip when they are missing: `.enabled(if: SharedFiles.data.has("mnist"))`.
package struct SharedFiles: Sendable {
  /// The folder they are in.
  package let folder: String

  /// Data sets: the folder `JOINTVAE_DATA` names, otherwise `../shared/data` beside the package.
  package static let data = SharedFiles(variable: "JOINTVAE_DATA", path: "../shared/data")

  /// Known answers: the folder `JOINTVAE_GOLDENS` names, otherwise `../shared/goldens` beside the package.
  package static let goldens = SharedFiles(variable: "JOINTVAE_GOLDENS", path: "../shared/goldens")

  /// The package's own folder.
  package static let packageFolder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private init(variable: String, path: String) {
    folder =
      ProcessInfo.processInfo.environment[variable] ?? "\(Self.packageFolder)/\(path)"
  }

  /// The path of `name` in the folder.
  package func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// Whether `name` is there.
  package func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
