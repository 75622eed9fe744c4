import JointVAEFiles
import JointVAE

extension JointVAEModel {
  /// Encodes and reconstructs every image of a source once, the last short batch counted for what
  /// it is.
  ///
  /// - Parameters:
  ///   - loss: of a reconstructed value.
  /// - Throws: `MetricError` when there is no image or the model yields numbers that are not finite;
  ///   `ModelError.imageShape`.
  package func measure(
    _ images: some ImageSource, loss: ReconstructionLoss = .binaryCrossEntropy
  ) throws -> ModelMeasurement {
    guard images.count > 0 else { throw MetricError.noImages }
    guard images.imageShape == imageShape else {
      throw ModelError.imageShape(images: images.imageShape, model: imageShape)
    }
    var mean: [Float] = []
    var logVariance: [Float] = []
    var probabilities = latents.discrete.map { _ in [Float]() }
    var reconstructions: [Double] = []
    try forEachChunk(of: images) { _, bytes in
      let batch = ImageBatch(shape: imageShape, values: bytes.map { Float($0) / 255 })
      let encoding = try encode(batch)
      reconstructions += try reconstructionLosses(
        of: encoding.modes(), against: bytes, targets: Array(0..<encoding.count), loss: loss)
      mean += encoding.mean
      logVariance += encoding.logVariance
      for variable in probabilities.indices {
        probabilities[variable] += encoding.probabilities[variable]
      }
    }
    let encoding = Encoding(
      latents: latents, count: images.count, mean: mean, logVariance: logVariance,
      probabilities: probabilities)
    for image in 0..<images.count {
      try Self.checkFinite(encoding.divergences(of: image).reduce(0, +), "KL of image", image)
      try Self.checkFinite(reconstructions[image], "reconstruction loss of image", image)
    }
    return ModelMeasurement(
      encoding: encoding, reconstructionLoss: loss, reconstructions: reconstructions,
      imageShape: imageShape)
  }

  /// Calls `body` with the images in pieces of a few megabytes: their numbers and their bytes.
  func forEachChunk(
    of images: some ImageSource, _ body: (Range<Int>, [UInt8]) throws -> Void
  ) rethrows {
    let valueCount = imageShape.valueCount
    let length = max(256, (4 << 20) / valueCount)
    for start in stride(from: 0, to: images.count, by: length) {
      let range = start..<min(start + length, images.count)
      let bytes = [UInt8](filling: range.count * valueCount) { buffer, count in
        images.copyImages(
          at: Array(range)[...],
          to: UnsafeMutableBufferPointer(rebasing: buffer[..<(range.count * valueCount)]))
        count = range.count * valueCount
      }
      try body(range, bytes)
    }
  }

  static func checkFinite(_ value: Double, _ name: String, _ image: Int) throws {
    guard !value.isFinite else { return }
    throw MetricError.value(
      of: name, index: image, "\(value)",
      expected: "a finite number; the model's weights are damaged or far from its images")
  }
}
