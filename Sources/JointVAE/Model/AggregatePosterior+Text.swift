import Foundation
import JointVAEFiles

extension AggregatePosterior {
  /// The key of a model file's metadata.
  package static let key = "aggregate_posterior"

  /// Reads the text of a model file.
  /// - Throws: `FileError` naming `path` for a text that is none, or about another model.
  package init(text: String, latents: LatentSpec, path: String) throws {
    do {
      self = try JSONDecoder().decode(AggregatePosterior.self, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw FileError(path, "\(Self.key): \(error.sentence)", remedy: .fit)
    }
    if let misfit = misfit(in: latents) {
      throw FileError(path, "\(Self.key) has \(misfit)", remedy: .fit)
    }
  }

  /// As `init(text:latents:path:)` reads it: JSON in one line.
  package func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
