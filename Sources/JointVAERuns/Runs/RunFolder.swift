import Foundation
import JointVAEFiles

/// Where the files of a training run stand.
///
/// `config.json` makes a folder a run; everything else follows from it.
public struct RunFolder: Hashable, Sendable {
  /// The folder as the user named it.
  public let path: String

  /// The run at `path`, whether or not it exists.
  public init(_ path: String) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The default name of a run on `dataSet`: `mnist` of `mnist`, `digits` of `../digits.idx.gz`.
  public static func name(for dataSet: String) -> String {
    let last = dataSet.split(separator: "/").last { $0 != "." && $0 != ".." } ?? "run"
    return String(last.split(separator: ".").first ?? "run")
  }

  /// Every setting, the versions and the seed.
  public var configuration: String { "\(path)/config.json" }
  /// A row a logging step.
  public var metrics: String { "\(path)/metrics.csv" }
  /// A row an epoch.
  public var epochs: String { "\(path)/epochs.csv" }
  /// The weights.
  public var model: String { "\(path)/model.safetensors" }
  /// What the last checkpoint measured.
  public var summary: String { "\(path)/summary.json" }
  /// How the codes of the images lie (`AggregatePosterior`).
  public var posterior: String { "\(path)/posterior.json" }
  /// The names of the model's categories, where a user gave some.
  public var names: String { "\(path)/names.json" }
  /// The seeds among which the run was chosen; only of a run with restarts.
  public var restarts: String { "\(path)/restarts.json" }
  /// The folder of what resuming needs.
  public var checkpoints: String { "\(path)/checkpoints" }
  /// Weights, moments and step: enough to resume from.
  public var state: String { "\(checkpoints)/state.safetensors" }
  /// The folder of the frames of training.gif.
  public var frames: String { "\(checkpoints)/frames" }
  /// Images drawn from the prior.
  public var samples: String { "\(path)/samples.png" }
  /// Originals above their reconstructions.
  public var reconstructions: String { "\(path)/reconstructions.png" }
  /// A row a latent.
  public var traversals: String { "\(path)/traversals.png" }
  /// The latents' sweeps as an animation.
  public var traversalAnimation: String { "\(path)/traversals.gif" }
  /// A frame an epoch.
  public var trainingAnimation: String { "\(path)/training.gif" }

  /// What `jointvae evaluate --json` measured of the run's model; not every run is measured.
  public var evaluation: String { "\(path)/evaluation.json" }

  /// Event files for TensorBoard; only of a run that was asked for them.
  public var events: String { "\(path)/tensorboard" }

  /// A page of all of them, the curves and the settings.
  public var report: String { "\(path)/report.html" }

  /// A page to play with its model; only of a run that was watched live.
  public var explorer: String { "\(path)/explorer.html" }

  /// All pictures of a run.
  package var pictures: [String] {
    [samples, reconstructions, traversals, traversalAnimation, trainingAnimation]
  }

  /// Whether the folder holds a run.
  public var isRun: Bool { FileManager.default.fileExists(atPath: configuration) }

  /// Whether every file of a run that has its full length is there, with pictures and page of the last model.
  ///
  /// The page is written last, and removed before a checkpoint changes what it shows. So it is never older than the rest.
  package var isComplete: Bool {
    let files = [metrics, epochs, state, model, summary, report] + pictures
    // A run without a whole epoch has no training.gif.
    return files.allSatisfy {
      FileManager.default.fileExists(atPath: $0) || ($0 == trainingAnimation && !hasFrames)
    }
  }

  private var hasFrames: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: frames)) ?? []
    return names.contains { $0.hasSuffix(".png") }
  }

  /// Whether there is a checkpoint to resume from.
  public var hasState: Bool { FileManager.default.fileExists(atPath: state) }

  /// Whether the run was chosen among several seeds.
  package var hasRestarts: Bool { FileManager.default.fileExists(atPath: restarts) }

  /// Makes sure that a new run may use the folder: there is none yet, or it is empty.
  /// - Throws: `RunFolderError` when something stands there already; `FileError` when it cannot be listed.
  public func requireFree() throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else {
      throw RunFolderError(path, .isFile)
    }
    guard !isRun else { throw RunFolderError(path, .holdsRun) }
    guard try isEmpty() else { throw RunFolderError(path, .holdsOtherFiles) }
  }

  /// Makes the folder, with those above it, for a new run.
  /// - Throws: `RunFolderError` when something stands there already; `FileError` when the folder cannot be made or
  ///   written.
  public func create() throws {
    try requireFree()
    try makeFolder(path)
    try makeFolder(checkpoints)
    try makeFolder(frames)
  }

  /// Removes what a run writes before its first step.
  func removeBegun() {
    try? AtomicFile.remove(configuration)
    for folder in [frames, checkpoints, path] { rmdir(folder) }
  }

  /// Makes sure that there is a run to go on with.
  /// - Throws: `RunFolderError` when the folder holds none.
  public func requireRun() throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw RunFolderError(path, .isMissing)
    }
    guard isRun else { throw RunFolderError(path, .holdsNoRun) }
    try makeFolder(checkpoints)
    try makeFolder(frames)
  }

  /// Removes files that a killed program left half written. The caller holds the run's lock.
  func removePartialFiles() {
    for folder in [path, checkpoints, frames] {
      TemporaryFile.removeAbandoned(in: folder)
    }
  }

  /// What a program that was killed while it wrote config.json leaves behind does not count.
  private func isEmpty() throws -> Bool {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).allSatisfy {
        $0.hasSuffix(TemporaryFile.suffix) || $0 == "checkpoints"
      }
    } catch {
      throw FileError(path, "cannot be listed: \(systemReason())")
    }
  }

  /// Makes a folder with those above it.
  /// - Throws: `FileError` when it cannot be made or written.
  package func makeFolder(_ folder: String) throws {
    // Foundation's own error calls a parent that cannot be written a missing file.
    let ends = folder.indices.filter { folder[$0] == "/" && $0 != folder.startIndex }
    for end in ends + [folder.endIndex] {
      guard mkdir(String(folder[..<end]), 0o755) == 0 || errno == EEXIST else {
        throw FileError(folder, "cannot be made: \(systemReason())")
      }
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw FileError(folder, "cannot be written: \(systemReason())")
    }
  }
}
