import JointVAEFiles

/// Why training cannot start or go on.
public enum TrainingError: DescribedError, Equatable, Sendable {
  /// A number of the model became infinite or undefined: the first tensor that holds one, and the step.
  case notFinite(tensor: String, step: Int)
  /// The source has no images.
  case noImages
  /// The source's images are of another shape than the model's.
  case shapeMismatch(images: ImageShape, model: ImageShape)

  /// A sentence with the cause and a remedy.
  public var description: String {
    switch self {
    case .notFinite(let tensor, let step):
      "step \(step): \(tensor) holds a value that is not finite; the weights of step \(step - 1) are kept. "
        + "Try a lower learning rate or smaller capacity weights"
    case .noImages: "there are no images to train on"
    case .shapeMismatch(let images, let model):
      "the images are \(images) and the model takes \(model) (height x width x channels)"
    }
  }
}
