import Foundation
import JointVAEFiles

/// Where the seeds of a run are trained until one of them is chosen: `OUT.restarts` beside the run's folder OUT.
///
/// It holds `restarts.json`, which makes it such a folder, `settings.json`, the settings of the first seed, and a run folder
/// a seed. When one is chosen, its folder is renamed to OUT and the rest is removed.
struct RestartFolder: Hashable, Sendable {
  /// The folder.
  let path: String

  /// The place for the seeds of a run.
  init(of run: RunFolder) { path = run.path + ".restarts" }

  /// The seeds and what became of them.
  var table: String { "\(path)/restarts.json" }
  /// The settings of the first seed.
  var settings: String { "\(path)/settings.json" }
  /// The run of a seed.
  func candidate(_ seed: UInt64) -> RunFolder { RunFolder("\(path)/seed-\(seed)") }

  /// Whether seeds are being trained here.
  var isBegun: Bool { FileManager.default.fileExists(atPath: table) }

  /// Makes sure that the run's folder can be made by renaming another.
  /// - Throws: `RunFolderError` for a path such as `.`.
  static func requireName(of run: RunFolder) throws {
    let name = run.path.split(separator: "/").last.map(String.init) ?? "/"
    guard !["/", ".", ".."].contains(name) else {
      throw RunFolderError(run.path, .hasNoName)
    }
  }

  /// Makes sure that new seeds may be trained here.
  /// - Throws: `RunFolderError` when something stands there already; `FileError` when it cannot be listed.
  func requireFree() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw RunFolderError(path, .isFile)
    }
    guard !isBegun else { throw RunFolderError(path, .holdsSeeds) }
    // What a program that was killed while it made the folder leaves behind does not count.
    guard try names().allSatisfy({ isOwn($0) }) else {
      throw RunFolderError(path, .holdsOtherFiles)
    }
  }

  /// Makes the folder, with those above it.
  /// - Throws: `FileError` when it cannot be made or written.
  func create() throws { try RunFolder(path).makeFolder(path) }

  /// Removes the runs of a table and the folder itself, unless it holds other files.
  ///
  /// The table goes last: as long as it is there, this can be done again after a crash.
  func remove(_ table: RestartTable) {
    // What cannot be removed does no harm.
    for seed in table.seeds { try? FileManager.default.removeItem(atPath: candidate(seed).path) }
    removePartialFiles()
    unlink(settings)
    unlink(self.table)
    rmdir(path)
  }

  /// Removes what is left after `table` was decided and its best run renamed; nothing of other seeds.
  func removeRest(of table: RestartTable) {
    guard isBegun else {
      rmdir(path)
      return
    }
    guard var rest = try? RestartTable(contentsOf: self.table) else { return }
    rest.kept = table.kept
    if rest == table { remove(table) }
  }

  /// Removes what a program that was killed while it wrote left half written.
  func removePartialFiles() {
    TemporaryFile.removeAbandoned(in: path)
  }

  private func isOwn(_ name: String) -> Bool {
    name.hasSuffix(TemporaryFile.suffix) || name == "settings.json"
  }

  private func names() throws -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch {
      throw FileError(path, "cannot be listed: \(systemReason())")
    }
  }
}
