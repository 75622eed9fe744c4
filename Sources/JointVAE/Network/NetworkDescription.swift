/// The layers of a network, from the image to the latent variables and back.
///
/// The encoder halves the image with 4x4 convolutions down to a few pixels, 4x4 in the paper; the decoder doubles it again
/// (Dupont 2018, appendix). Between them are dense layers: hidden, heads, then from the latent vector to hidden to the
/// features. This is the one place that lists them; engine, checkpoints and tables read the list.
public struct NetworkDescription: Hashable, Sendable {
  /// The shape of the images.
  public let imageShape: ImageShape
  /// The latent variables.
  public let latents: LatentSpec
  /// Channels of the convolutions and units of the hidden layers.
  public let widths: NetworkWidths
  /// All layers in the order of computation, which is that of the reference's state dictionary.
  public let layers: [NetworkLayer]

  /// The network for images and latent variables.
  ///
  /// - Parameters:
  ///   - imageShape: the shape of its images.
  ///   - latents: its latent variables.
  ///   - widths: nil for the paper's.
  /// - Throws: `ConfigurationError` naming the shape, latents or layer that cannot be computed.
  public init(imageShape: ImageShape, latents: LatentSpec, widths: NetworkWidths? = nil) throws {
    try imageShape.validate()
    try latents.validate()
    let widths = widths ?? .paper(for: imageShape)
    try widths.validate(for: imageShape)
    self.imageShape = imageShape
    self.latents = latents
    self.widths = widths

    var list = LayerList(imageShape)
    // The sizes on the way down, to which the way up goes back.
    var sizes = [imageShape.size]
    for (index, channels) in widths.encoderChannels.enumerated() {
      list.addConvolution(Self.encoderName(index), to: sizes[index].halved, channels: channels)
      sizes.append(sizes[index].halved)
    }
    let features = list.shape
    for (index, units) in widths.hiddenUnits.enumerated() {
      list.addDense(Self.encoderHiddenName(index), to: .vector(units))
    }
    list.addHeads(latents)
    for (index, units) in widths.hiddenUnits.reversed().enumerated() {
      list.addDense(Self.decoderHiddenName(index), to: .vector(units))
    }
    list.addDense(Self.decoderHiddenName(widths.hiddenUnits.count), to: features)
    for (index, channels) in (widths.decoderChannels + [imageShape.channels]).enumerated() {
      let isLast = index == widths.decoderChannels.count
      list.addTransposedConvolution(
        Self.decoderName(index), to: sizes[sizes.count - 2 - index], channels: channels,
        activation: isLast ? .sigmoid : .rectified)
    }
    layers = list.layers
  }

  /// Every weight and bias, in the order of the reference's state dictionary.
  public var tensors: [LayerTensor] { layers.flatMap(\.tensors) }

  /// Numbers of all weights and biases: 687,359 for 32x32x1 and 10 + [10].
  public var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }

  /// Multiply-adds of one sample through encoder and decoder.
  public var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }

  // Activations have the odd numbers.
  static func encoderHiddenName(_ index: Int) -> String { "features_to_hidden.\(2 * index)" }
  static func decoderHiddenName(_ index: Int) -> String { "latent_to_features.\(2 * index)" }
  static func encoderName(_ index: Int) -> String { "img_to_features.\(2 * index)" }
  static func decoderName(_ index: Int) -> String { "features_to_img.\(2 * index)" }
}

/// Layers in the making, each taking what the one before it gives.
private struct LayerList {
  private(set) var layers: [NetworkLayer] = []
  /// What the last layer gives.
  private(set) var shape: LayerShape

  init(_ image: ImageShape) {
    shape = .planes(height: image.height, width: image.width, channels: image.channels)
  }

  mutating func addConvolution(_ name: String, to size: ImageSize, channels: Int) {
    add(
      .convolution, name,
      to: .planes(height: size.height, width: size.width, channels: channels),
      activation: .rectified,
      tensors: Self.pair(
        name, shape: [channels, shape.channels, 4, 4], outputs: channels,
        fanIn: 16 * shape.channels))
  }

  mutating func addTransposedConvolution(
    _ name: String, to size: ImageSize, channels: Int, activation: NetworkLayer.Activation
  ) {
    // The reference's framework counts the fan-in of a transposed convolution over its outputs.
    add(
      .transposedConvolution, name,
      to: .planes(height: size.height, width: size.width, channels: channels),
      activation: activation,
      tensors: Self.pair(
        name, shape: [shape.channels, channels, 4, 4], outputs: channels, fanIn: 16 * channels))
  }

  mutating func addDense(_ name: String, to output: LayerShape) {
    add(
      .dense, name, to: output, activation: .rectified,
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
        kind: kind, name: name, input: shape, output: output, activation: activation,
        tensors: tensors))
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
