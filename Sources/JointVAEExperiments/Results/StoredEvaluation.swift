import Foundation
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// A run's `evaluation.json`: what `jointvae evaluate --json` prints, with what was asked for.
struct StoredEvaluation: Codable {
  var evaluation: Evaluation
  /// What was asked for, as `EvaluationSettings.text` writes it.
  var request: String
  /// The weights' step.
  var step: Int

  private enum CodingKeys: String, CodingKey { case request, step }

  /// Bytes beyond which an evaluation is none of ours.
  private static let sizeLimit = 64 << 20

  init(_ evaluation: Evaluation, request: String, step: Int) {
    self.evaluation = evaluation
    self.request = request
    self.step = step
  }

  init(from decoder: any Decoder) throws {
    evaluation = try Evaluation(from: decoder)
    let values = try decoder.container(keyedBy: CodingKeys.self)
    request = try values.decode(String.self, forKey: .request)
    step = try values.decode(Int.self, forKey: .step)
  }

  func encode(to encoder: any Encoder) throws {
    try evaluation.encode(to: encoder)
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(request, forKey: .request)
    try values.encode(step, forKey: .step)
  }

  /// Reads a run's evaluation.
  /// - Throws: `FileError` naming the file and what is wrong with it.
  init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
    do {
      self = try JSONDecoder().decode(StoredEvaluation.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    }
  }

  /// Writes the evaluation whole, with its keys in alphabetical order.
  /// - Throws: `FileError`; `EncodingError` when a number is not finite.
  func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write(Array(try encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
  }
}
