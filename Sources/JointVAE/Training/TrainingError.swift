import JointVAEFiles

/// Why training cannot start or go on.
public enum TrainingError: DescribedError, Equatable, Sendable {
  /// A number of the model became infinite or undefined: the first tensor that holds one, and the step.
  case notFinite(tensor: String, step: Int)
  /// The source has no images.
  case noImages
  /// The source's images are of another shape than the model's.
  case shapeMismatch(images: ImageShape, model: ImageShape)

  /// A process of a team has other weights than the first one, found before this step.
  case weightsDiffer(rank: Int, step: Int)
  /// A process of a team has sent something else than the step needs.
  case teamMessage(rank: Int, bytes: Int, expected: Int)

  /// A sentence with the cause and a remedy.
  public var description: String {
    switch self {
    case .notFinite(let tensor, let step):
      "step \(step): \(tensor) holds a value that is not finite; the weights of step \(step - 1) are kept. "
        + "Try a lower learning rate or smaller capacity weights"
    case .weightsDiffer(let rank, let step):
      "the weights of rank \(rank) are not those of rank 0 before step \(step); start all ranks on machines of one kind, "
        + "and go on from the last checkpoint"
    case .teamMessage(let rank, let bytes, let expected):
      "rank \(rank) sends \(bytes) bytes where \(expected) were expected; start the same program with the same settings on "
        + "all ranks"
    case .noImages: "there are no images to train on"
    case .shapeMismatch(let images, let model):
      "the images are \(images) and the model takes \(model) (height x width x channels)"
    }
  }
}
