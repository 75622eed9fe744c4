import JointVAEKernels

/// Where every parameter of a network stands in one flat buffer.
///
/// Convolutions come first, the encoder's before the decoder's: their gradients are summed over lanes. All blocks start at
/// multiples of 32 floats; the unused rest of a block is zero and stays so.
package struct ParameterLayout: Hashable, Sendable {
  /// A layer's weights and bias.
  package struct Block: Hashable, Sendable {
    package let weights: Int
    package let bias: Int
  }

  /// Of each layer of `NetworkLayout.encoder`.
  package let encoder: [Block]
  /// Of each layer of `NetworkLayout.decoder`.
  package let decoder: [Block]
  /// Of each layer of `NetworkLayout.dense`.
  package let dense: [Block]
  /// Floats of the encoder's convolutions.
  package let encoderCount: Int
  /// Floats of all convolutions.
  package let convolutionCount: Int
  /// Floats of all parameters.
  package let count: Int
  /// In the order of the reference's state dictionary.
  package let parameters: [Parameter]

  package init(_ network: NetworkLayout) {
    var end = 0
    func block(weights: Int, bias: Int) -> Block {
      let block = Block(weights: end, bias: end + weights)
      end += weights + NetworkLayout.padded(bias)
      return block
    }
    encoder = network.encoder.map { block(weights: $0.weightCount, bias: $0.output.channels) }
    encoderCount = end
    decoder = network.decoder.map { block(weights: $0.weightCount, bias: $0.output.channels) }
    convolutionCount = end
    dense = network.dense.map { block(weights: $0.weightCount, bias: $0.output.count) }
    count = end

    // Encoder, dense layers and decoder each stand in the description's order.
    var planes = zip(network.encoder + network.decoder, encoder + decoder).makeIterator()
    var connected = zip(network.dense, dense).makeIterator()
    var list: [Parameter] = []
    for layer in network.description.layers {
      switch layer.kind {
      case .convolution, .sameConvolution, .transposedConvolution:
        if let (kernel, block) = planes.next() {
          list += Self.parameters(of: layer, kernel, block)
        }
      case .dense, .heads:
        if let (kernel, block) = connected.next() {
          list += Self.parameters(of: layer, kernel, block)
        }
      }
    }
    parameters = list
  }

  private static func parameters(
    of layer: NetworkLayer, _ convolution: PlaneLayer, _ block: Block
  ) -> [Parameter] {
    let order: Parameter.Order =
      switch convolution {
      case .halving(let kernel), .doubling(let kernel): .convolution(kernel)
      case .same(let kernel): .sameConvolution(kernel)
      }
    return layer.tensors.map { tensor in
      switch tensor.role {
      case .weight: Parameter(tensor, offset: block.weights, order: order)
      case .bias: Parameter(tensor, offset: block.bias, order: .bias(first: 0, .same))
      }
    }
  }

  private static func parameters(
    of layer: NetworkLayer, _ dense: DenseLayer, _ block: Block
  ) -> [Parameter] {
    let (inputs, outputs) = (Parameter.Axis(layer.input), Parameter.Axis(layer.output))
    return layer.tensors.map { tensor in
      let first = tensor.firstOutput
      return switch tensor.role {
      case .weight:
        Parameter(
          tensor, offset: block.weights,
          order: .dense(dense, firstOutput: first, inputs: inputs, outputs: outputs))
      case .bias: Parameter(tensor, offset: block.bias, order: .bias(first: first, outputs))
      }
    }
  }
}

extension Parameter {
  fileprivate init(_ tensor: LayerTensor, offset: Int, order: Order) {
    self.init(
      name: tensor.name, shape: tensor.shape, initialBound: 1 / Float(tensor.fanIn).squareRoot(),
      offset: offset, order: order)
  }
}
