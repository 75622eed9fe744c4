import JointVAEFiles

/// Why a model cannot do what it was asked.
public enum ModelError: DescribedError, Equatable, Sendable {
  /// The images are of another shape than the model's.
  case imageShape(images: ImageShape, model: ImageShape)
  /// The numbers given are not whole latent vectors.
  case latentCount(numbers: Int, dimension: Int)
  /// A code has other latent variables than the model, or than the code it meets.
  case otherLatents(LatentSpec, model: LatentSpec)
  /// There is no such variable.
  case latent(LatentVariable, latents: LatentSpec)
  /// The variable has no such category.
  case category(Int, variable: Int, latents: LatentSpec)
  /// The value of a continuous variable is not a finite number.
  case latentValue(LatentVariable, Double)
  /// A variable was given two values.
  case fixedTwice(LatentVariable)
  /// An interpolation of fewer than two codes.
  case stepCount(Int)
  /// A negative number of images.
  case imageCount(Int)
  /// A weight is too large for 16 bits.
  case range(weight: Float)
  /// The distribution of codes is none of this model's.
  case otherCodes(String)

  /// A sentence with the values and what was expected.
  public var description: String {
    switch self {
    case .imageShape(let images, let model):
      "the images are \(images) and the model takes \(model) (height x width x channels)"
    case .latentCount(let numbers, let dimension):
      "\(numbers) numbers are no whole latent vectors; expected a multiple of \(dimension)"
    case .otherLatents(let latents, let model):
      "the code has the latents \(latents) and the model \(model)"
    case .latent(let variable, let latents):
      switch variable {
      case .continuous:
        "the model has no continuous variable \(variable); its latents are \(latents)"
      case .discrete: "the model has no discrete variable \(variable); its latents are \(latents)"
      }
    case .category(let category, let variable, let latents):
      "c\(variable) has no category \(category); expected 0 to \(latents.discrete[variable] - 1)"
    case .latentValue(let variable, let value):
      "\(variable) is fixed at \(value); expected a finite number"
    case .fixedTwice(let variable):
      "\(variable) is fixed twice; expected one value for each variable"
    case .stepCount(let count):
      "an interpolation of \(count) codes; expected at least 2, for both ends"
    case .otherCodes(let misfit):
      "the distribution of codes has \(misfit); fit it to codes of this model"
    case .range(let weight):
      "a weight is \(weight), which 16 bits cannot hold; expected at most 65504 in magnitude"
    case .imageCount(let count):
      "\(count) images to draw; expected 0 or more"
    }
  }
}
