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
    let cheapest = WinogradTile.allCases.compactMap { WinogradConvolution(layer, tile: $0) }
      .min { ConvolutionCost.winograd($0) < ConvolutionCost.winograd($1) }
    switch self {
    case .direct: return nil
    case .winograd: return cheapest
    case .automatic:
      return cheapest.flatMap {
        ConvolutionCost.winograd($0) < ConvolutionCost.direct(layer) ? $0 : nil
      }
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
  package static let move = 5

  /// What reading a vector of transformed weights costs, once for each block of tiles.
  ///
  /// It comes from the third-level cache. Measured: with this number, planes of 4 x 4 have tiles of
  /// 2 x 2, whose blocks are longer.
  package static let read = 8

  /// Samples of a slice, which share the reading.
  static let samples = 8

  /// The sums as they are defined.
  package static func direct(_ layer: StridedConvolution) -> Int {
    let pixels = layer.small.height * layer.small.tiledColumns
    return 3 * pixels * 16 * layer.big.channels * vectors(layer.small.channels)
  }

  /// The products of points, and the transformations.
  package static func winograd(_ winograd: WinogradConvolution) -> Int {
    let layer = winograd.layer
    let tiles = winograd.tilesAcross * winograd.tilesDown
    let group = 4 * layer.big.channels
    let product = winograd.points * group * vectors(layer.small.channels)
    let moved = winograd.points * (vectors(group) + vectors(layer.small.channels))
    let together = min(winograd.blockTiles, samples * tiles)
    // Down and up take both sides' points once each; the backward pass transforms both sides once
    // more, and has what the weight gradient needs.
    return tiles * (3 * product + 3 * product * read / together + 4 * moved * move)
  }

  private static func vectors(_ channels: Int) -> Int { (channels + 15) / 16 }
}
