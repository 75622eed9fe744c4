import CModels
import Foundation
import JointVAE

/// A trained model that the package brings, in the program itself: nothing to find, nothing to fetch.
///
/// docs/models.md lists what each learned from, how, and its scores; its metadata holds the same.
///
///     let images = try PretrainedModel.mnist.load().sample(16)
public enum PretrainedModel: String, CaseIterable, Hashable, Sendable {
  /// Capital letters, 26 categories.
  case azLetters = "az-letters"
  /// Arabic letters, 56 categories, as a letter has forms that no slant turns into each other.
  case arabicCharacters = "arabic-characters"
  /// Clothes, 10 categories.
  case fashionMNIST = "fashion-mnist"
  /// Circles, squares, stars and triangles, 8 categories.
  case fourShapes = "four-shapes"
  /// Handwritten digits and operators, 18 categories.
  case mathSymbols = "math-symbols"
  /// Handwritten digits, 10 categories.
  case mnist
  /// The shapes that this package draws, 4 categories.
  case shapes

  /// The name of the data set it learned, by which commands know it.
  public var name: String { rawValue }

  /// The one called `name`, if there is one.
  public static func named(_ name: String) -> PretrainedModel? { PretrainedModel(rawValue: name) }

  /// The weights and the words about them.
  /// - Throws: `FileError` when the model is damaged, which the package's tests rule out.
  public func checkpoint() throws -> CheckpointFile {
    let file = file
    return try CheckpointFile(
      bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)), named: name)
  }

  /// The model.
  /// - Throws: as ``checkpoint()``.
  public func load() throws -> JointVAEModel { try JointVAEModel(checkpoint(), named: name) }

  /// What its samples are best drawn from: the aggregate posterior, which says how the codes of its training images lie.
  ///
  ///     let samples = try PretrainedModel.mnist.load().sample(16, from: PretrainedModel.mnist.latentSource())
  ///
  /// - Throws: as ``checkpoint()``.
  public func latentSource() throws -> LatentSource {
    let file = try checkpoint()
    guard let text = file.metadata[AggregatePosterior.key] else { return .prior }
    return .aggregate(
      try AggregatePosterior(
        text: text, latents: JointVAEModel(file, named: name).latents, path: name))
  }

  /// Bytes of its file.
  public var byteCount: Int { file.count }

  /// The class that most images of each category have, in the categories' order; several may share a class.
  /// - Throws: as ``checkpoint()``.
  public func categoryNames() throws -> [String] {
    try checkpoint().metadata["categories", default: ""].components(separatedBy: ", ")
  }

  private var file: jointvae_model {
    switch self {
    case .azLetters: jointvae_az_letters
    case .arabicCharacters: jointvae_arabic_characters
    case .fashionMNIST: jointvae_fashion_mnist
    case .fourShapes: jointvae_four_shapes
    case .mathSymbols: jointvae_math_symbols
    case .mnist: jointvae_mnist
    case .shapes: jointvae_shapes
    }
  }
}
