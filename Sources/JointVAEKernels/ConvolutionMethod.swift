/// How convolutions are computed.
///
/// The methods differ in the last bits of what they compute. What `automatic` takes depends on the
/// layer's shape alone: not on the processor, the number of threads or the size of the batch.
public enum ConvolutionMethod: String, CaseIterable, Hashable, Sendable {
  /// Every product of the sum that defines them.
  case direct
  /// Winograd's transformation for every layer that can be computed so: all but those of the image
  /// itself.
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

/// What a layer costs by a simple model: multiply-adds of vectors of 16 floats, for a sample and
/// the three passes of a training step: down, up and the weight gradient.
package enum ConvolutionCost {
  /// What moving a vector between pixels and points costs, in multiply-adds.
  ///
  /// A processor does two of these in a cycle; points go to the second-level cache and come back.
  /// Measured: docs/engine.md.
  static let move = 5

  /// The sums as they are defined.
  package static func direct(_ layer: StridedConvolution) -> Int {
    let pixels = layer.small.height * layer.small.tiledColumns
    return 3 * pixels * 16 * layer.big.channels * vectors(layer.small.channels)
  }

  /// The products of points, and the transformations.
  package static func winograd(_ layer: StridedConvolution) -> Int {
    let tiles =
      WinogradConvolution.tiles(layer.small.height) * WinogradConvolution.tiles(layer.small.width)
    let group = 4 * layer.big.channels
    let product = WinogradConvolution.points * group * vectors(layer.small.channels)
    let moved = WinogradConvolution.points * (vectors(group) + vectors(layer.small.channels))
    // Down and up take both sides' points once each; the backward pass transforms both sides once
    // more, and has what the weight gradient needs.
    return tiles * (3 * product + 4 * moved * move)
  }

  private static func vectors(_ channels: Int) -> Int { (channels + 15) / 16 }
}
