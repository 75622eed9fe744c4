import JointVAEKernels

/// Where every parameter of a network stands in one flat buffer.
///
/// Convolutions come first: their gradients are summed over lanes. All blocks start at multiples of 32 floats; the
/// unused rest of a block is zero and stays so.
package struct ParameterLayout: Hashable, Sendable {
  /// A layer's weights and bias.
  package struct Block: Hashable, Sendable {
    package let weights: Int
    package let bias: Int
  }

  package let encoder: [Block]
  package let decoder: [Block]
  package let hidden: Block
  package let heads: Block
  package let latentHidden: Block
  package let features: Block
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
    func block(_ layer: DenseLayer) -> Block {
      block(weights: layer.weightCount, bias: layer.output.count)
    }
    encoder = network.encoder.map { block(weights: $0.weightCount, bias: $0.small.channels) }
    decoder = network.decoder.map { block(weights: $0.weightCount, bias: $0.big.channels) }
    convolutionCount = end
    hidden = block(network.hidden)
    heads = block(network.heads)
    latentHidden = block(network.latentHidden)
    features = block(network.features)
    count = end

    var list = ParameterList()
    for (index, (layer, block)) in zip(network.encoder, encoder).enumerated() {
      list.add(
        "img_to_features.\(2 * index)", layer, block, biasCount: layer.small.channels,
        fanIn: 16 * layer.big.channels)
    }
    let units = NetworkLayout.hiddenUnits
    let latents = network.latents
    list.add(
      "features_to_hidden.0", network.hidden, hidden, outputs: units,
      inputs: network.hidden.input.count, inputAxis: .features)
    if latents.continuous > 0 {
      for (index, name) in ["fc_mean", "fc_log_var"].enumerated() {
        list.add(
          name, network.heads, heads, firstOutput: index * latents.continuous,
          outputs: latents.continuous, inputs: units)
      }
    }
    for (index, categories) in latents.discrete.enumerated() {
      list.add(
        "fc_alphas.\(index)", network.heads, heads,
        firstOutput: latents.continuous + latents.categories(of: index).lowerBound,
        outputs: categories, inputs: units)
    }
    list.add(
      "latent_to_features.0", network.latentHidden, latentHidden, outputs: units,
      inputs: latents.dimension)
    list.add(
      "latent_to_features.2", network.features, features,
      outputs: network.features.output.count, inputs: units, outputAxis: .features)
    for (index, (layer, block)) in zip(network.decoder, decoder).enumerated() {
      // The fan-in of a transposed convolution is counted over its outputs, as the reference's framework does.
      list.add(
        "features_to_img.\(2 * index)", layer, block, biasCount: layer.big.channels,
        fanIn: 16 * layer.big.channels)
    }
    parameters = list.parameters
  }

  /// Numbers of all parameters, without unused places.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }
}

private struct ParameterList {
  var parameters: [Parameter] = []

  mutating func add(
    _ name: String, _ layer: StridedConvolution, _ block: ParameterLayout.Block, biasCount: Int,
    fanIn: Int
  ) {
    let bound = 1 / Float(fanIn).squareRoot()
    parameters.append(
      Parameter(
        name: "\(name).weight", shape: [layer.small.channels, layer.big.channels, 4, 4],
        initialBound: bound, offset: block.weights, order: .convolution(layer)))
    parameters.append(
      Parameter(
        name: "\(name).bias", shape: [biasCount], initialBound: bound, offset: block.bias,
        order: .bias(first: 0, .same)))
  }

  mutating func add(
    _ name: String, _ layer: DenseLayer, _ block: ParameterLayout.Block, firstOutput: Int = 0,
    outputs: Int, inputs: Int, inputAxis: Parameter.Axis = .same, outputAxis: Parameter.Axis = .same
  ) {
    let bound = 1 / Float(inputs).squareRoot()
    parameters.append(
      Parameter(
        name: "\(name).weight", shape: [outputs, inputs], initialBound: bound,
        offset: block.weights,
        order: .dense(layer, firstOutput: firstOutput, inputs: inputAxis, outputs: outputAxis)))
    parameters.append(
      Parameter(
        name: "\(name).bias", shape: [outputs], initialBound: bound, offset: block.bias,
        order: .bias(first: firstOutput, outputAxis)))
  }
}
