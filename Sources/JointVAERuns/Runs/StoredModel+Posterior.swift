import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles

extension StoredModel {
  /// Images that the distribution of codes is fitted to, spread over all of them.
  private static let fittedCount = 10_000

  /// How the codes of the images that the model learned from lie; nil where the run or the file does not say.
  /// - Throws: `FileError` for a text that cannot be read.
  public func aggregatePosterior() throws -> AggregatePosterior? {
    guard let posteriorText else { return nil }
    // A file of another program may mean something else by the key.
    guard configuration != nil else {
      return try? AggregatePosterior(text: posteriorText, latents: model.latents, path: path)
    }
    return try AggregatePosterior(text: posteriorText, latents: model.latents, path: path)
  }

  /// Fits the distribution of codes to images, of which 10,000 count at most.
  ///
  /// - Parameters:
  ///   - images: of the model's shape. Their labels are not used.
  ///   - compute: threads and instructions.
  /// - Returns: nil for a model or images for which there is none (`AggregatePosterior.init`).
  /// - Throws: `ModelError`.
  public func fitAggregatePosterior(
    to images: some ImageSource, compute: Compute = .automatic
  ) throws -> (posterior: AggregatePosterior, imageCount: Int)? {
    let places = ImageBatch.places(Self.fittedCount, spreadOver: images.count)
    let encoding = try model.using(compute).encode(images, at: places)
    return AggregatePosterior(encoding).map { ($0, places.count) }
  }

  /// Keeps the distribution with the model: in the run's posterior.json, or in the metadata of its safetensors file.
  /// - Throws: `FileError` for a model that has no place for it, or a file that cannot be written.
  public func write(_ posterior: AggregatePosterior) throws {
    let folder = RunFolder(path)
    if folder.isRun {
      try AtomicFile.write(posterior.text() + "\n", to: folder.posterior)
    } else {
      try write(
        notes: [AggregatePosterior.key: posterior.text()], called: "the distribution of codes")
    }
  }
}

extension RunFolder {
  /// The text of posterior.json; nil where there is no such file.
  func posteriorText() throws -> String? {
    guard FileManager.default.fileExists(atPath: posterior) else { return nil }
    return String(decoding: try BoundedFile.read(posterior, limit: 1 << 21), as: UTF8.self)
  }
}
