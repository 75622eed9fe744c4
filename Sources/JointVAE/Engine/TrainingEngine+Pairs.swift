import JointVAEKernels

// A batch of pairs holds its images first, then their twins in the same order.

extension TrainingEngine {
  /// Writes transformed copies behind the first half of `pixels`.
  ///
  /// - Parameter sources: the images to copy; nil for the first half itself.
  func makeTwins(
    _ pixels: UnsafeMutablePointer<UInt8>, from sources: UnsafePointer<UInt8>? = nil, pairs: Int,
    _ transformation: ImageTransformation, seed: UInt64, step: Int
  ) {
    let sources = sources ?? UnsafePointer(pixels)
    let shape = network.imageShape
    workers.run(pairs) { pair, _ in
      ImageWarp(transformation, size: shape.size, seed: seed, step: step, sample: pair).apply(
        sources + pair * shape.valueCount, channels: shape.channels,
        to: pixels + (pairs + pair) * shape.valueCount)
    }
  }

  /// Decodes each twin with the other's categories from here on.
  func swapCategories(pairs: Int) {
    exchange(forward.activations.latents, row: network.latentRow, pairs: pairs)
    workers.run((2 * pairs + 7) / 8) { item, _ in
      forward.decodeLatents(item * 8..<min(item * 8 + 8, 2 * pairs))
    }
  }

  /// Exchanges the categories' part of the rows of twins.
  func exchange(_ buffer: FloatBuffer, row: Int, pairs: Int) {
    let spec = network.latents
    for pair in 0..<pairs {
      let first = buffer.start + pair * row + spec.continuous
      let second = buffer.start + (pairs + pair) * row + spec.continuous
      for k in 0..<spec.categoryCount { (first[k], second[k]) = (second[k], first[k]) }
    }
  }
}
