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
    prepared(images, for: shape).batch
  }

  /// As `prepare`, with what was found and done.
  ///
  /// - Returns: the images; what their borders were before light and dark were exchanged, nil of colored ones; whether
  ///   light and dark were exchanged.
  package func prepared(
    _ images: [Image], for shape: ImageShape
  ) -> (batch: ImageBatch, border: PreparationReport.Border?, isInverted: Bool) {
    let preparer = ImagePreparer(size: shape.size, channels: shape.channels, fit: fit, box: nil)
    var bytes = images.flatMap { preparer.prepared($0).pixels }
    let border = border(of: bytes, shape)
    let isInverted = inversion == .on || inversion == .auto && border == .light
    if isInverted {
      for index in bytes.indices { bytes[index] = ~bytes[index] }
    }
    return (ImageBatch(shape: shape, values: bytes.map { Float($0) / 255 }), border, isInverted)
  }

  private func border(of bytes: [UInt8], _ shape: ImageShape) -> PreparationReport.Border? {
    guard shape.channels == 1, !bytes.isEmpty else { return nil }
    var border = BorderHistogram()
    bytes.withUnsafeBufferPointer { border.add($0, size: shape.size) }
    return border.border
  }
}
