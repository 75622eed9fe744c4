/// Why a model cannot do what it was asked.
public enum ModelError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The images are of another shape than the model's.
  case imageShape(images: ImageShape, model: ImageShape)
  /// The numbers given are not whole latent vectors.
  case latentCount(numbers: Int, dimension: Int)
  /// There is no such discrete variable or category.
  case category(Int, variable: Int, latents: LatentSpec)

  /// A sentence with the values and what was expected.
  public var description: String {
    switch self {
    case .imageShape(let images, let model):
      "the images are \(images) and the model takes \(model) (height x width x channels)"
    case .latentCount(let numbers, let dimension):
      "\(numbers) numbers are no whole latent vectors; expected a multiple of \(dimension)"
    case .category(let category, let variable, let latents):
      if latents.discrete.indices.contains(variable) {
        "c\(variable) has no category \(category); expected 0 to \(latents.discrete[variable] - 1)"
      } else {
        "the model has no discrete variable c\(variable); its latents are \(latents)"
      }
    }
  }
}
