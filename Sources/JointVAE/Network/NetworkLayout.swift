import JointVAEKernels

/// A network as the engine computes it: the layers of its description as kernels, with rows of vectors padded to panels.
package struct NetworkLayout: Hashable, Sendable {
  package let description: NetworkDescription

  /// Convolutions from the image to the features.
  package let encoder: [PlaneLayer]
  /// Dense layers in the order of computation: up to the heads, then from the latent vector to the features.
  package let dense: [DenseLayer]
  /// Transposed and other convolutions from the features to the image.
  package let decoder: [PlaneLayer]

  /// The place in `dense` of the heads: mean, log variance and the logits of every alpha.
  let heads: Int
  /// Whether the outputs of each dense layer pass the activation.
  let activates: [Bool]
  /// Samples that should pass the convolutions together, for those with large weights; 1 where no layer has any.
  let samplesTogether: Int

  package init(_ description: NetworkDescription) {
    self.description = description
    let planes = PlaneRooms(description.layers)
    var encoder: [PlaneLayer] = []
    var dense: [DenseLayer] = []
    var decoder: [PlaneLayer] = []
    var heads = 0
    var activates: [Bool] = []
    for (index, layer) in description.layers.enumerated() {
      switch layer.kind {
      case .convolution:
        encoder.append(
          .halving(StridedConvolution(big: planes.input(index), small: planes.output(index))))
      case .transposedConvolution:
        decoder.append(
          .doubling(StridedConvolution(big: planes.output(index), small: planes.input(index))))
      case .sameConvolution:
        let layer = PlaneLayer.same(
          SameConvolution(input: planes.input(index), output: planes.output(index)))
        // The dense layers stand between the two.
        if dense.isEmpty { encoder.append(layer) } else { decoder.append(layer) }
      case .dense, .heads:
        if layer.kind == .heads { heads = dense.count }
        dense.append(
          DenseLayer(
            input: Self.vector(layer.input, planes.planes[index]),
            output: Self.vector(layer.output, planes.planes[index + 1])))
        activates.append(layer.activation != .none)
      }
    }
    (self.encoder, self.dense, self.decoder) = (encoder, dense, decoder)
    (self.heads, self.activates) = (heads, activates)
    samplesTogether = (encoder + decoder).map(\.samplesTogether).max() ?? 1
  }

  package var imageShape: ImageShape { description.imageShape }
  package var latents: LatentSpec { description.latents }

  /// What the activation of hidden layers multiplies negative values by.
  var slope: Float { description.widths.activation.slope }
  /// What happens to the outputs of hidden layers.
  var activation: Epilogue { .leaky(slope: slope) }

  /// The place in `dense` of the layer that takes the latent vector.
  var fromLatents: Int { heads + 1 }
  /// Dense layers from the features to the last hidden units, which the heads take.
  var denseBeforeHeads: Range<Int> { 0..<heads }
  /// Dense layers from the decoder's first hidden units to the features.
  var denseToFeatures: Range<Int> { heads + 2..<dense.count }
  /// Floats from one sample's mean, log variance and logits to the next sample's.
  var headsRow: Int { dense[heads].output.sample }
  /// Floats from one latent vector to the next.
  var latentRow: Int { dense[fromLatents].input.sample }

  /// How an image lies in memory.
  package var imagePlane: Plane { decoder[decoder.count - 1].output }

  /// Units of a dense layer in memory: a multiple of 32, the rest unused.
  static func padded(_ count: Int) -> Int { (count + 31) / 32 * 32 }

  private static func vector(_ shape: LayerShape, _ plane: Plane?) -> VectorLayout {
    plane.map { VectorLayout($0) } ?? VectorLayout(flat: padded(shape.count))
  }

  /// Multiplications and additions of a training step on `samples` images, convolutions counted directly.
  package func operationsPerStep(samples: Int) -> Int {
    // Forward, and the gradients by inputs and by weights. The gradient of the image itself is not needed.
    let first = description.layers.first?.multiplyAdds ?? 0
    return 2 * samples * (3 * description.multiplyAdds - first)
  }
}
