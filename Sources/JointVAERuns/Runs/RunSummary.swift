import JointVAEMetrics
import Foundation
import JointVAE
import JointVAEFiles

/// What a run's last checkpoint knows: the contents of `summary.json`.
public struct RunSummary: Hashable, Codable, Sendable {
  /// The weights' step.
  public var step: Int
  /// Images the KL divergences are means over.
  public var imageCount: Int
  /// The KL of each latent, in nats.
  public var kl: LatentInformation
  /// How well reconstructions can be told apart; nil in files of older versions.
  public var distinctness: ReconstructionDistinctness?
  /// The step after which the early stop ended the training; nil for a training that it did not end.
  public var earlyStopStep: Int?

  /// A summary of the weights of `step`.
  public init(
    step: Int, imageCount: Int, kl: LatentInformation,
    distinctness: ReconstructionDistinctness? = nil, earlyStopStep: Int? = nil
  ) {
    self.step = step
    self.imageCount = imageCount
    self.kl = kl
    self.distinctness = distinctness
    self.earlyStopStep = earlyStopStep
  }

  /// Reads a run's summary.
  /// - Throws: `FileError` naming the file and what is wrong with it.
  public init(contentsOf path: String) throws {
    try self.init(json: BoundedFile.read(path, limit: 1 << 20), named: path)
  }

  /// Reads a summary that is in memory.
  /// - Parameter path: what errors call it.
  init(json: some Sequence<UInt8>, named path: String) throws {
    do {
      self = try JSONDecoder().decode(RunSummary.self, from: Data(json))
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    }
  }

  /// Writes the summary as JSON with sorted keys.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write(to path: String) throws { try AtomicFile.write(json(), to: path) }

  /// The summary as JSON with sorted keys, one a line.
  func json() throws -> String { try JSONText.encode(self) }
}
