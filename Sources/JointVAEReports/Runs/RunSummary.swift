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

  /// A summary of the weights of `step`.
  public init(step: Int, imageCount: Int, kl: LatentInformation) {
    self.step = step
    self.imageCount = imageCount
    self.kl = kl
  }

  /// Reads a run's summary.
  /// - Throws: `FileError` naming the file and what is wrong with it.
  public init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: 1 << 20)
    do {
      self = try JSONDecoder().decode(RunSummary.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    }
  }

  /// Writes the summary as JSON with sorted keys.
  /// - Throws: `FileError` naming the file and the system's reason.
  public func write(to path: String) throws { try JSONText.write(self, to: path) }
}
