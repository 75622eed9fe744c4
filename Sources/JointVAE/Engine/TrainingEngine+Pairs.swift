import JointVAEKernels

// A batch of pairs holds its images first, then their twins in the same order.

extension TrainingEngine {
  /// Writes transformed copies behind the first half of `pixels`.
  ///
  /// - Parameters:
  ///   - sources: the images to copy; nil for the first half itself.
  ///   - own: the pairs whose twins are wanted; nil for all.
  func makeTwins(
    _ pixels: UnsafeMutablePointer<UInt8>, from sources: UnsafePointer<UInt8>? = nil, pairs: Int,
    own: Range<Int>? = nil, _ transformation: ImageTransformation, seed: UInt64, step: Int
  ) {
    let sources = sources ?? UnsafePointer(pixels)
    let shape = network.imageShape
    let own = own ?? 0..<pairs
    workers.run(own.count) { item, _ in
      let pair = own.lowerBound + item
      ImageWarp(transformation, size: shape.size, seed: seed, step: step, sample: pair).apply(
        sources + pair * shape.valueCount, channels: shape.channels,
        to: pixels + (pairs + pair) * shape.valueCount)
    }
  }

  /// Decodes each twin with the other's categories from here on.
  ///
  /// - Parameter samples: those of this process.
  func swapCategories(pairs: Int, decoding samples: Range<Int>) {
    exchange(forward.activations.latents, row: network.latentRow, pairs: pairs)
    let blocks = SampleBlocks(samples)
    workers.run(blocks.count) { item, _ in forward.decodeLatents(blocks[item]) }
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
