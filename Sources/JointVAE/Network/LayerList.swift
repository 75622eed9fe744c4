/// Layers in the making, each taking what the one before it gives.
struct LayerList {
  private(set) var layers: [NetworkLayer] = []
  /// What the last layer gives.
  private(set) var shape: LayerShape
  /// Of every hidden layer.
  private let activation: NetworkLayer.Activation

  init(_ image: ImageShape, activation: NetworkLayer.Activation) {
    self.activation = activation
    shape = .planes(height: image.height, width: image.width, channels: image.channels)
  }

  mutating func addConvolution(_ name: String, to size: ImageSize, channels: Int) {
    add(
      .convolution, name,
      to: .planes(height: size.height, width: size.width, channels: channels),
      activation: activation,
      tensors: Self.pair(
        name, shape: [channels, shape.channels, 4, 4], outputs: channels,
        fanIn: 16 * shape.channels))
  }

  mutating func addSameConvolution(_ name: String, channels: Int) {
    guard case .planes(let height, let width, _) = shape else { return }
    add(
      .sameConvolution, name, to: .planes(height: height, width: width, channels: channels),
      activation: activation,
      tensors: Self.pair(
        name, shape: [channels, shape.channels, 3, 3], outputs: channels,
        fanIn: 9 * shape.channels))
  }

  mutating func addTransposedConvolution(
    _ name: String, to size: ImageSize, channels: Int, isLast: Bool = false
  ) {
    // The reference's framework counts the fan-in of a transposed convolution over its outputs.
    add(
      .transposedConvolution, name,
      to: .planes(height: size.height, width: size.width, channels: channels),
      activation: isLast ? .sigmoid : activation,
      tensors: Self.pair(
        name, shape: [shape.channels, channels, 4, 4], outputs: channels, fanIn: 16 * channels))
  }

  mutating func addDense(_ name: String, to output: LayerShape) {
    add(
      .dense, name, to: output, activation: activation,
      tensors: Self.pair(
        name, shape: [output.count, shape.count], outputs: output.count, fanIn: shape.count))
  }

  /// Mean, log variance and the logits of every alpha; the next layer takes the latent vector that is drawn of them.
  mutating func addHeads(_ latents: LatentSpec) {
    var heads: [(name: String, outputs: Int)] = []
    if latents.continuous > 0 {
      heads = [("fc_mean", latents.continuous), ("fc_log_var", latents.continuous)]
    }
    heads += latents.discrete.enumerated().map { ("fc_alphas.\($0.offset)", $0.element) }
    var first = 0
    var tensors: [LayerTensor] = []
    for (name, outputs) in heads {
      tensors += Self.pair(
        name, shape: [outputs, shape.count], outputs: outputs, firstOutput: first,
        fanIn: shape.count)
      first += outputs
    }
    add(
      .heads, heads.map(\.name).joined(separator: ", "), to: .vector(first), activation: .none,
      tensors: tensors)
    shape = .vector(latents.dimension)
  }

  private mutating func add(
    _ kind: NetworkLayer.Kind, _ name: String, to output: LayerShape,
    activation: NetworkLayer.Activation, tensors: [LayerTensor]
  ) {
    layers.append(
      NetworkLayer(
        kind: kind, name: name, input: shape, output: output,
        activation: activation, tensors: tensors))
    shape = output
  }

  private static func pair(
    _ name: String, shape: [Int], outputs: Int, firstOutput: Int = 0, fanIn: Int
  ) -> [LayerTensor] {
    [
      LayerTensor(
        name: "\(name).weight", role: .weight, shape: shape, firstOutput: firstOutput, fanIn: fanIn),
      LayerTensor(
        name: "\(name).bias", role: .bias, shape: [outputs], firstOutput: firstOutput, fanIn: fanIn),
    ]
  }
}
