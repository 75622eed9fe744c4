import JointVAE
import JointVAEData
import JointVAEImages

extension StoredModel {
  /// Images in memory, prepared as those that the model learned from: cut, colors, size, light and dark.
  ///
  /// A model whose file does not hold the settings of its run gets the defaults of `ImagePreparation`.
  /// - Parameter images: of any sizes, such as `Image(encoded:name:)` decodes.
  public func prepare(_ images: [Image]) -> ImageBatch {
    var preparation = configuration?.images.request.preparation ?? ImagePreparation()
    if let isInverted = configuration?.images.isInverted {
      preparation.inversion = isInverted ? .on : .off
    }
    return preparation.prepare(images, for: model.imageShape)
  }
}
