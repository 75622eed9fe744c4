import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns

/// Writes the event files of a run that was trained without them.
public struct TensorBoardConversion: Sendable {
  private let run: RunFolder
  private let target: String
  private let stored: StoredModel
  private let configuration: RunConfiguration

  /// A conversion of the run at `path`.
  ///
  /// - Parameters:
  ///   - path: the run's folder.
  ///   - target: the folder to write, which is new or empty.
  ///   - replacing: whether events of the same run that are there may go.
  /// - Throws: `FileError` for a model that is no run, and for a folder that holds other files or the events of another run.
  public init(of path: String, to target: String, replacing: Bool = false) throws {
    run = RunFolder(path)
    self.target = RunFolder(target).path
    guard run.isRun else {
      throw FileError(path, "is no run; expected a folder that train made, with its metrics.csv")
    }
    stored = try StoredModel(path)
    configuration = try stored.configuration ?? RunConfiguration(contentsOf: run.configuration)
    try requirePlace(replacing: replacing)
  }

  private func requirePlace(replacing: Bool) throws {
    guard let kind = PathKind(target) else { return }
    guard kind == .folder else { throw FileError(target, "is a file; expected a folder") }
    let events = EventFolder(target)
    if try RunIdentity.require(configuration, in: events) {
      guard replacing else {
        throw FileError(target, "holds the events of this run already", remedy: .replace)
      }
      return
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: target)
    guard names.allSatisfy({ $0.hasSuffix(TemporaryFile.suffix) || Projector.names.contains($0) })
    else { throw FileError(target, "holds other files; expected a new or empty folder") }
  }

  /// Writes the files.
  ///
  /// - Parameter catalog: where the run's images are, for histograms and the projector.
  /// - Returns: sentences on what is missing.
  /// - Throws: `FileError` when a file of the run cannot be read or one cannot be written. Earlier events are there still.
  public func write(catalog: DataSetCatalog) throws -> [String] {
    let events = EventFolder(target)
    let isNew = PathKind(target) == nil
    try run.makeFolder(target)
    let name = events.nextName(time: RunFollower.now)
    var remarks: [String] = []
    do {
      remarks = try write(to: "\(target)/\(name)", catalog: catalog)
    } catch {
      try? AtomicFile.remove("\(target)/\(name)")
      if isNew { rmdir(target) }
      throw error
    }
    try events.clear(but: name)
    return remarks
  }

  private func write(to file: String, catalog: DataSetCatalog) throws -> [String] {
    let step = stored.summary?.step ?? 0
    let follower = try RunFollower(
      run, configuration, file: file, after: step, last: nil, end: Self.changed(run.metrics))
    try follower.follow()
    var remarks = try follower.addPictures(of: step)
    do {
      let (images, _) = try configuration.loadImages(from: catalog, for: run.path)
      try follower.addHistograms(
        of: stored.model, on: ImageBatch(evenlyFrom: images, count: CodeHistograms.imageCount),
        step: step)
      try Projector.write(stored.model, images, to: target)
    } catch let error as FileError where error.path.hasPrefix(target) {
      throw error
    } catch {
      remarks.append("no histograms and no projector, which need the run's images: \(error)")
    }
    try follower.addScores(step: step)
    let length = try? configuration.training.totalSteps(imageCount: configuration.images.count)
    if stored.summary?.earlyStopStep != nil || length.map({ step >= $0 }) == true {
      try follower.addEnd(step: step)
    }
    try follower.flush()
    return remarks
  }

  /// What was done, in a line.
  public var text: String {
    "\(target): the events of \(run.path); look at them with: tensorboard --logdir \(target.shellWord)"
  }

  /// When a file was last changed, in seconds since 1970; now where that is not known.
  private static func changed(_ path: String) -> Double {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let date = attributes?[.modificationDate] as? Date ?? Date.now
    return date.timeIntervalSince1970
  }
}
