import CModels
import JointVAE

/// The classifier in whose features samples are compared with real images: a small network, trained with labels.
///
/// It tells the classes of the known sets apart. docs/evaluation.md lists them, with its accuracy. It is the encoder of a file
/// with the network of a model: the discrete variable's probabilities are those of the classes.
public enum SampleClassifier {
  /// Its name with its version; distances by two classifiers cannot be compared.
  public static let name = "classifier-1"

  /// The classifier, for gray images of 32x32.
  /// - Throws: `FileError` when it is damaged, which the package's tests rule out.
  public static func load() throws -> JointVAEModel {
    try JointVAEModel(checkpoint(), named: name)
  }

  /// Words about it by key: what it learned from, and its accuracy.
  /// - Throws: as ``load()``.
  public static func notes() throws -> [String: String] { try checkpoint().metadata }

  private static func checkpoint() throws -> CheckpointFile {
    let file = jointvae_classifier
    return try CheckpointFile(
      bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), named: name)
  }
}
