/// The layers of a network, from the image to the latent variables and back.
///
/// The encoder halves the image with 4x4 convolutions down to a few pixels, 4x4 in the paper; the decoder doubles it again
/// (Dupont 2018, appendix). A stage may have 3x3 convolutions behind its halving or doubling. Between encoder and decoder
/// are dense layers: hidden, heads, then from the latent vector to hidden to the features. This is the one place that lists
/// them; engine, checkpoints and tables read the list.
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

    var list = LayerList(imageShape, activation: widths.activation.layerActivation)
    // The sizes on the way down, to which the way up goes back.
    var sizes = [imageShape.size]
    for (index, step) in widths.encoderSteps.enumerated() {
      guard step.isStrided else {
        list.addSameConvolution(Self.encoderName(index), channels: step.channels)
        continue
      }
      let size = sizes[sizes.count - 1].halved
      list.addConvolution(Self.encoderName(index), to: size, channels: step.channels)
      sizes.append(size)
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
    let steps = widths.decoderSteps
    for (index, step) in steps.enumerated() {
      let name = Self.decoderName(index)
      guard step.isStrided else {
        list.addSameConvolution(name, channels: step.channels)
        continue
      }
      sizes.removeLast()
      list.addTransposedConvolution(name, to: sizes[sizes.count - 1], channels: step.channels)
    }
    list.addTransposedConvolution(
      Self.decoderName(steps.count), to: imageShape.size, channels: imageShape.channels,
      isLast: true)
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
