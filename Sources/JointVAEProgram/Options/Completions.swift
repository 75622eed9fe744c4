import ArgumentParser
import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEModels
import JointVAERuns

/// What a shell offers for names and paths, asked for when a user presses TAB.
enum Completions {
  /// Models in the program, runs, and files of weights.
  static let models = CompletionKind.custom { _, _, prefix in
    words(prefix, PretrainedModel.allCases.map(\.name)) { path, isFolder in
      isFolder || [".safetensors", ".pt", ".pth"].contains(where: path.hasSuffix)
    }
  }

  /// Known data sets, and files.
  static let dataSets = CompletionKind.custom { _, _, prefix in
    words(prefix, KnownDataSet.all.map(\.name)) { _, _ in true }
  }

  /// Runs, and folders that may hold some.
  static let runs = CompletionKind.custom { _, _, prefix in
    words(prefix, []) { _, isFolder in isFolder }
  }

  /// Data sets that can be downloaded, or are offered somewhere.
  static let dataSetNames = CompletionKind.list(KnownDataSet.all.map(\.name))

  /// What `--recipe` takes.
  static let recipes = CompletionKind.list(
    ["pairs", "paper", "images"] + Recipe.all.filter { $0.pairing == nil }.map(\.name))

  /// The names that begin with `prefix`, the runs in `runs`, then what lies at that place.
  ///
  /// - Parameter isMeant: whether a path is of use; told whether it is a folder.
  static func words(
    _ prefix: String, _ names: [String], _ isMeant: (_ path: String, _ isFolder: Bool) -> Bool
  ) -> [String] {
    var found = names.filter { $0.hasPrefix(prefix) }
    let slash = prefix.lastIndex(of: "/")
    let folder = slash.map { String(prefix[...$0]) } ?? ""
    for name in entries(of: folder) where !name.hasPrefix(".") {
      let path = folder + name
      guard path.hasPrefix(prefix) else { continue }
      let isFolder = PathKind.isFolder(path)
      guard isMeant(path, isFolder) else { continue }
      // A run is complete as it is; the way into another folder goes on.
      found.append(isFolder && !RunFolder(path).isRun ? path + "/" : path)
    }
    if slash == nil, "runs/".hasPrefix(prefix) {
      found += entries(of: "runs").map { "runs/\($0)" }.filter { RunFolder($0).isRun }
    }
    return found
  }

  private static func entries(of folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)
    return (names ?? []).sorted()
  }
}
