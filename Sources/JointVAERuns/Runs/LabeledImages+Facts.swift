import JointVAE
import JointVAEData

extension LabeledImages {
  /// What a recipe for these images depends on.
  ///
  /// - Parameter held: images that are not learned from.
  package func facts(holdingBack held: Int = 0) -> ImageFacts {
    ImageFacts(
      shape: imageShape, count: count - held, classCount: labels == nil ? nil : classNames.count)
  }
}
