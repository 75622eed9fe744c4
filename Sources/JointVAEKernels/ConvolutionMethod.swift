/// How convolutions are computed.
///
/// The methods differ in the last bits of what they compute. What `automatic` takes depends on the layer's shape alone:
/// not on the processor, the number of threads or the size of the batch.
public enum ConvolutionMethod: String, CaseIterable, Hashable, Sendable {
  /// Every product of the sum that defines them.
  case direct
  /// Winograd's transformation for every layer that can be computed so: all but those of the image itself.
  case winograd
  /// For each layer the one that should take less time.
  case automatic

  /// The layer's transformation under this method, or nil when it is computed directly.
  func winograd(of layer: StridedConvolution) -> WinogradConvolution? {
    switch self {
    case .direct: nil
    case .winograd: WinogradConvolution(layer)
    case .automatic:
      ConvolutionCost.winograd(layer) < ConvolutionCost.direct(layer)
        ? WinogradConvolution(layer) : nil
    }
  }
}

/// What a layer's passes cost by a simple model, in vectors of 16 floats that are multiplied or moved.
///
/// A processor does two multiply-adds in the time of one store, so a move counts as two. The model is for a sample and the
/// three passes of a training step: down, up and the weight gradient.
enum ConvolutionCost {
  /// The cost of the sums as they are defined.
  static func direct(_ layer: StridedConvolution) -> Int {
    let pixels = layer.small.size * layer.small.size
    return 3 * pixels * 16 * layer.big.channels * vectors(layer.small.channels)
  }

  /// The cost of the products of points, and of the transformations.
  static func winograd(_ layer: StridedConvolution) -> Int {
    let tiles = layer.small.size * layer.small.size / 4
    let group = 4 * layer.big.channels
    let product = WinogradConvolution.points * group * vectors(layer.small.channels)
    // Either side is transformed once forward and once, for two passes together, backward; either is transformed back
    // once. On the way back points are stored by the product and loaded again.
    let moves = WinogradConvolution.points * (vectors(group) + vectors(layer.small.channels))
    return tiles * (3 * product + 2 * (2 + 2) * moves)
  }

  private static func vectors(_ channels: Int) -> Int { (channels + 15) / 16 }
}
