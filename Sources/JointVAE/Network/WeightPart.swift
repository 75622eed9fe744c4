import JointVAEKernels

/// A part of the parameters that one thread brings up to date, together with the copies that are made of it.
///
/// Parts share no parameter and leave none out: an optimizer's step and the packing of what it
/// changed are one pass over memory.
enum WeightPart: Sendable {
  /// Parameters without copies.
  case plain(Range<Int>)
  /// The weights that a convolution's packing block reads, at `runs`, and its copies.
  case convolution(PackedPlaneLayer, weights: Int, block: Int, runs: [Range<Int>])
  /// A panel of a dense layer's outputs, with their biases: weights that stand one after the other. Parts that jump
  /// through memory, by panels of inputs or by two panels at once, took a quarter longer for small batches.
  ///
  /// - Parameter layer: its place in `NetworkLayout.dense`.
  case dense(_ layer: Int, panel: Int)
}

extension WeightPart {
  /// All parts of a network's parameters.
  ///
  /// Their order mixes the layers: threads, which take neighboring parts, have a share of every layer, the same
  /// panels as in the passes through it, and finish together.
  static func parts(
    of network: NetworkLayout, _ layout: ParameterLayout, encoder: [PackedPlaneLayer],
    decoder: [PackedPlaneLayer]
  ) -> [WeightPart] {
    // The largest first: a thread does not begin one when the others have nothing left.
    let order = network.dense.indices.sorted {
      network.dense[$0].weightCount > network.dense[$1].weightCount
    }
    var layers = order.map { index in
      (0..<network.dense[index].outputPanels).map { WeightPart.dense(index, panel: $0) }
    }
    for (packed, block) in zip(encoder + decoder, layout.encoder + layout.decoder) {
      layers.append(parts(of: packed, block))
    }
    let biases =
      zip(layout.encoder, network.encoder.map(\.output.channels)).map(biases)
      + zip(layout.decoder, network.decoder.map(\.output.channels)).map(biases)
    return (layers + [biases]).flatMap { parts in
      parts.enumerated().map { (place: Double($0.offset) / Double(parts.count), part: $0.element) }
    }.sorted { $0.place < $1.place }.map(\.part)
  }

  private static func parts(
    of packed: PackedPlaneLayer, _ block: ParameterLayout.Block
  ) -> [WeightPart] {
    guard packed.packingBlocks > 0 else {
      return [.plain(block.weights..<block.weights + packed.weightCount)]
    }
    return (0..<packed.packingBlocks).map { part in
      let runs = packed.runs(ofBlock: part).map {
        $0.lowerBound + block.weights..<$0.upperBound + block.weights
      }
      return .convolution(packed, weights: block.weights, block: part, runs: runs)
    }
  }

  private static func biases(_ block: ParameterLayout.Block, _ count: Int) -> WeightPart {
    .plain(block.bias..<block.bias + NetworkLayout.padded(count))
  }
}
