import JointVAEKernels

/// The layers of the network for an image shape and a latent specification.
///
/// The encoder halves the image with 4x4 convolutions down to 4x4 pixels of 64 channels, the decoder mirrors it
/// (Dupont 2018, appendix). Between them are dense layers of 256 units.
package struct NetworkLayout: Hashable, Sendable {
  package let imageShape: ImageShape
  package let latents: LatentSpec

  /// Convolutions from the image to the features; their big plane is the input.
  package let encoder: [StridedConvolution]
  /// Features to hidden units.
  package let hidden: DenseLayer
  /// Hidden units to mean, log variance and the logits of every alpha, in one layer.
  package let heads: DenseLayer
  /// Latent vector to hidden units.
  package let latentHidden: DenseLayer
  /// Hidden units to features.
  package let features: DenseLayer
  /// Transposed convolutions from the features to the image; their small plane is the input.
  package let decoder: [StridedConvolution]

  package static let hiddenUnits = 256
  package static let featurePlane = Plane(size: 4, channels: 64)

  /// - Precondition: both are valid.
  package init(imageShape: ImageShape, latents: LatentSpec) {
    self.imageShape = imageShape
    self.latents = latents
    let depth = imageShape.size.trailingZeroBitCount - 2
    var size = imageShape.size
    var channels = imageShape.channels
    encoder = Self.encoderChannels(depth: depth).map { next in
      size /= 2
      defer { channels = next }
      return StridedConvolution(size: size, bigChannels: channels, smallChannels: next)
    }
    let outputs = Self.decoderChannels(depth: depth, image: imageShape.channels)
    channels = Self.featurePlane.channels
    size = Self.featurePlane.size
    decoder = outputs.map { next in
      defer {
        size *= 2
        channels = next
      }
      return StridedConvolution(size: size, bigChannels: next, smallChannels: channels)
    }
    let units = VectorLayout(flat: Self.hiddenUnits)
    let plane = VectorLayout(Self.featurePlane)
    let headCount = 2 * latents.continuous + latents.categoryCount
    hidden = DenseLayer(input: plane, output: units)
    heads = DenseLayer(input: units, output: VectorLayout(flat: Self.padded(headCount)))
    latentHidden = DenseLayer(
      input: VectorLayout(flat: Self.padded(latents.dimension)), output: units)
    features = DenseLayer(input: units, output: plane)
  }

  /// 32 channels for 32x32, one more layer of 32 for each doubling, then 64 and 64.
  static func encoderChannels(depth: Int) -> [Int] {
    Array(repeating: 32, count: depth - 2) + [64, 64]
  }

  /// 64 channels where there are four layers or more, then 32 up to the image.
  static func decoderChannels(depth: Int, image: Int) -> [Int] {
    let wide = depth >= 4 ? [64] : []
    return wide + Array(repeating: 32, count: depth - 1 - wide.count) + [image]
  }

  /// Units of a dense layer in memory: a multiple of 32, the rest unused.
  static func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }

  /// Multiplications and additions of a training step on `samples` images, convolutions counted directly.
  package func operationsPerStep(samples: Int) -> Int {
    let convolutions = (encoder + decoder).reduce(0) { $0 + 3 * $1.operationCount }
    let dense = [hidden, heads, latentHidden, features].reduce(0) { $0 + 3 * $1.operationCount }
    // The gradient of the image itself is not needed.
    return samples * (convolutions + dense - (encoder.first?.operationCount ?? 0))
  }
}
