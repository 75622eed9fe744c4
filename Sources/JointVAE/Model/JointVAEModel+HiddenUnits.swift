import JointVAEKernels

extension JointVAEModel {
  /// What the layer before the latent variables finds in images, `[image, unit]`, and its units, padded with zeros to a
  /// multiple of 32.
  ///
  /// It blocks while it computes.
  /// - Throws: `ModelError.imageShape`.
  package func hiddenUnits(of images: some ImageSource) throws -> (values: [Float], width: Int) {
    guard images.imageShape == imageShape else {
      throw ModelError.imageShape(images: images.imageShape, model: imageShape)
    }
    return withEngine(samples: min(images.count, Self.batchSize)) { engine in
      let width = engine.hiddenUnits
      let vectors = engine.hiddenVectors(of: images)
      return (
        Array(UnsafeBufferPointer(start: vectors.start, count: images.count * width)), width
      )
    }
  }
}
