import JointVAEKernels

/// The dense layers.
enum DenseName: CaseIterable {
  case hidden, heads, latentHidden, features
}

/// A part of the parameters that one thread brings up to date, together with the copies that are made of it.
///
/// Parts share no parameter and leave none out: an optimiser's step and the packing of what it
/// changed are one pass over memory.
enum WeightPart: Sendable {
  /// Parameters without copies.
  case plain(Range<Int>)
  /// The weights that a convolution's packing block reads, at `runs`, and its copies.
  case convolution(PackedConvolution, weights: Int, block: Int, runs: [Range<Int>])
  /// A panel of a dense layer's outputs, with their biases: weights that stand one after the other. Parts that jump
  /// through memory, by panels of inputs or by two panels at once, took a quarter longer for small batches.
  case dense(DenseName, panel: Int)
}

extension WeightPart {
  /// All parts of a network's parameters, long ones first, so that threads finish together.
  static func parts(
    of network: NetworkLayout, _ layout: ParameterLayout, encoder: [PackedConvolution],
    decoder: [PackedConvolution]
  ) -> [WeightPart] {
    var parts = panels(.hidden, network.hidden)
    for (packed, block) in zip(encoder + decoder, layout.encoder + layout.decoder) {
      let end = block.weights + packed.layer.weightCount
      if packed.packingBlocks == 0 { parts.append(.plain(block.weights..<end)) }
      for part in 0..<packed.packingBlocks {
        let runs = packed.runs(ofBlock: part).map {
          $0.lowerBound + block.weights..<$0.upperBound + block.weights
        }
        parts.append(.convolution(packed, weights: block.weights, block: part, runs: runs))
      }
    }
    parts += panels(.features, network.features)
    parts += panels(.latentHidden, network.latentHidden) + panels(.heads, network.heads)
    for (layer, block) in zip(network.encoder, layout.encoder) {
      parts.append(.plain(biases(block, layer.small.channels)))
    }
    for (layer, block) in zip(network.decoder, layout.decoder) {
      parts.append(.plain(biases(block, layer.big.channels)))
    }
    return parts
  }

  private static func panels(_ name: DenseName, _ layer: DenseLayer) -> [WeightPart] {
    (0..<layer.outputPanels).map { .dense(name, panel: $0) }
  }

  private static func biases(_ block: ParameterLayout.Block, _ count: Int) -> Range<Int> {
    block.bias..<block.bias + NetworkLayout.padded(count)
  }
}
