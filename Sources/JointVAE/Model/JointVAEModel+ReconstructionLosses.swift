extension JointVAEModel {
  /// The reconstruction loss between images and what latent vectors decode to, from the decoder's
  /// logits.
  ///
  /// For `.binaryCrossEntropy` that is `-log p(x | z, c)` of a Bernoulli, in nats. Computed from
  /// logits it stays finite and exact where a decoded value rounds to 0 or 1. `.adaptive` is with
  /// the alpha and c that were learned with the model.
  ///
  /// - Parameters:
  ///   - latents: `[vector, dimension]`: z, then every c.
  ///   - images: `[image, y, x, channel]`, 0 black to 255 white.
  ///   - targets: for each vector the number of the image it is compared with.
  ///   - loss: the loss to sum.
  /// - Returns: for each vector the sum over the image's values.
  /// - Precondition: `images` are whole images, and every target is one of them.
  /// - Throws: `ModelError.latentCount` when there is not one vector for each target; `ConfigurationError`
  ///   for `.adaptive` with a model that does not say what was learned.
  public func reconstructionLosses(
    of latents: [Float], against images: [UInt8], targets: [Int],
    loss: ReconstructionLoss = .binaryCrossEntropy
  ) throws -> [Double] {
    try reconstructionLosses(
      of: latents, against: images, targets: targets, applying: .listed(resolved(loss)))
  }

  /// A program's own loss between images and what latent vectors decode to.
  ///
  /// - Parameters:
  ///   - latents: `[vector, dimension]`: z, then every c.
  ///   - images: `[image, y, x, channel]`, 0 black to 255 white.
  ///   - targets: for each vector the number of the image it is compared with.
  ///   - loss: the loss to sum.
  /// - Returns: for each vector the sum over the image's values.
  /// - Precondition: `images` are whole images, and every target is one of them.
  /// - Throws: `ModelError.latentCount` when there is not one vector for each target.
  public func reconstructionLosses(
    of latents: [Float], against images: [UInt8], targets: [Int], loss: some ValueLoss
  ) throws -> [Double] {
    try reconstructionLosses(
      of: latents, against: images, targets: targets, applying: .own(loss))
  }

  private func reconstructionLosses(
    of latents: [Float], against images: [UInt8], targets: [Int], applying loss: AppliedLoss
  ) throws -> [Double] {
    guard latents.count == targets.count * self.latents.dimension else {
      throw ModelError.latentCount(numbers: latents.count, dimension: self.latents.dimension)
    }
    let valueCount = imageShape.valueCount
    precondition(images.count % valueCount == 0)
    precondition(targets.allSatisfy { (0..<images.count / valueCount).contains($0) })
    let pixels = UnsafeMutableBufferPointer<UInt8>
      .allocate(capacity: min(targets.count, Self.batchSize) * valueCount)
    defer { pixels.deallocate() }
    var losses: [Double] = []
    losses.reserveCapacity(targets.count)
    images.withUnsafeBufferPointer { images in
      guard let source = images.baseAddress, let copy = pixels.baseAddress else { return }
      withEngine(samples: min(targets.count, Self.batchSize)) { engine in
        forEachBatch(of: targets.count) { batch in
          for (sample, vector) in batch.enumerated() {
            (copy + sample * valueCount)
              .update(from: source + targets[vector] * valueCount, count: valueCount)
          }
          engine.computeFeatures(of: latents, at: batch)
          engine.measure(loss, against: copy, count: batch.count)
          losses += engine.activations.reconstruction[..<batch.count]
        }
      }
    }
    return losses
  }
}
