import JointVAE
import JointVAEImages

extension ImagePreparation {
  /// Images in memory, prepared for a model as those of a data set are.
  ///
  /// `shape` decides the size and the colors. With `auto`, light and dark are exchanged when these images have light
  /// borders; pass `on` or `off` where it is known what was done to the images that the model learned from.
  ///
  /// - Parameters:
  ///   - images: of any sizes, such as `Image(encoded:name:)` decodes.
  ///   - shape: the model's.
  public func prepare(_ images: [Image], for shape: ImageShape) -> ImageBatch {
    let preparer = ImagePreparer(size: shape.size, channels: shape.channels, fit: fit, box: nil)
    var bytes = images.flatMap { preparer.prepared($0).pixels }
    if isInverting(bytes, shape) {
      for index in bytes.indices { bytes[index] = ~bytes[index] }
    }
    return ImageBatch(shape: shape, values: bytes.map { Float($0) / 255 })
  }

  private func isInverting(_ bytes: [UInt8], _ shape: ImageShape) -> Bool {
    switch inversion {
    case .on: return true
    case .off: return false
    case .auto:
      guard shape.channels == 1, !bytes.isEmpty else { return false }
      var border = BorderHistogram()
      bytes.withUnsafeBufferPointer { border.add($0, size: shape.size) }
      return border.border == .light
    }
  }
}
