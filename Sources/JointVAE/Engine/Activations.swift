import JointVAEKernels

/// What a forward pass leaves behind for every sample of a batch.
///
/// Buffers hold a multiple of 8 samples; what stands in the rows beyond the batch does not matter.
final class Activations {
  /// Samples there is room for, a multiple of 8.
  let capacity: Int
  /// The images, as planes.
  let input: FloatBuffer
  /// The output of every convolution of the encoder, as planes; of the first of several there is none, see
  /// `Engine.firstPlanes`.
  let encoder: [FloatBuffer]
  /// Inputs and outputs of every dense layer.
  let dense: [DenseValues]
  /// mean, log variance and the logits of every alpha.
  let heads: FloatBuffer
  /// alpha of every discrete variable.
  let alpha: FloatBuffer
  /// epsilon of the continuous variables.
  let normals: FloatBuffer
  /// z and every c.
  let latents: FloatBuffer
  /// The decoder's first planes.
  let features: FloatBuffer

  /// The reconstruction loss of a sample: a sum over its values.
  let reconstruction: UnsafeMutableBufferPointer<Double>
  /// The derivatives of a sample's loss by its own alpha and c, where they are learned.
  let shapeGradients: UnsafeMutableBufferPointer<ShapeGradient>
  /// KL of every z, then sum alpha log alpha of every c, of a sample.
  let divergences: UnsafeMutableBufferPointer<Double>

  init(_ network: NetworkLayout, samples: Int) {
    capacity = (samples + 7) / 8 * 8
    let capacity = capacity
    input = FloatBuffer(count: capacity * (network.encoder.first?.input.count ?? 0))
    encoder = network.encoder.enumerated().map { index, layer in
      FloatBuffer(
        count: index == 0 && network.encoder.count > 1 ? 0 : capacity * layer.output.count)
    }
    dense = DenseValues.table(of: network, capacity: capacity, first: encoder.last)
    heads = dense[network.heads].output
    latents = dense[network.fromLatents].input
    features = dense[network.dense.count - 1].output
    alpha = FloatBuffer(count: capacity * network.latents.categoryCount)
    normals = FloatBuffer(count: capacity * network.latents.continuous)
    reconstruction = .allocate(capacity: capacity)
    reconstruction.initialize(repeating: 0)
    shapeGradients = .allocate(capacity: capacity)
    shapeGradients.initialize(repeating: ShapeGradient())
    let variables = network.latents.continuous + network.latents.discrete.count
    divergences = .allocate(capacity: capacity * variables)
    divergences.initialize(repeating: 0)
  }

  deinit {
    reconstruction.deallocate()
    shapeGradients.deallocate()
    divergences.deallocate()
  }
}
