/// How deep and wide a network is: its stages, the channels of their convolutions and the units of its hidden layers.
///
/// The image halves with every stage of the encoder, and doubles with every stage of the decoder.
public struct NetworkWidths: Hashable, Sendable {
  /// Stages of the encoder, the image's side first: one for each halving.
  public var encoder: [NetworkStage]
  /// Output channels of the 3x3 convolutions on the features, with which the decoder begins; empty for none.
  public var featureConvolutions: [Int]
  /// Stages of the decoder, the features' side first, without the last doubling, which draws the image.
  public var decoder: [NetworkStage]
  /// Units of the hidden layers from the features to the latent variables; those behind them are the same, mirrored.
  public var hiddenUnits: [Int]
  /// What happens to the outputs of all layers but the heads and the last one.
  public var activation: HiddenActivation

  /// Widths of a network for images that halve `encoder.count` times.
  ///
  /// What cannot be computed is refused where a network is made of it: see ``validate(for:)``.
  /// - Parameters:
  ///   - encoder: stages of the encoder, the image's side first.
  ///   - featureConvolutions: output channels of the 3x3 convolutions with which the decoder begins.
  ///   - decoder: stages of the decoder without the last doubling: one fewer than the encoder has.
  ///   - hiddenUnits: units of the hidden layers before the latent variables.
  ///   - activation: ReLU or leaky ReLU.
  public init(
    encoder: [NetworkStage], featureConvolutions: [Int] = [], decoder: [NetworkStage],
    hiddenUnits: [Int] = [256], activation: HiddenActivation = .rectified
  ) {
    self.encoder = encoder
    self.featureConvolutions = featureConvolutions
    self.decoder = decoder
    self.hiddenUnits = hiddenUnits
    self.activation = activation
  }

  /// Widths of a network of halvings and doublings alone, for images that halve `encoderChannels.count` times.
  ///
  /// - Parameters:
  ///   - encoderChannels: output channels of every convolution of the encoder, the image's side first.
  ///   - decoderChannels: output channels of every transposed convolution of the decoder but the last.
  ///   - hiddenUnits: units of the hidden layers before the latent variables.
  public init(encoderChannels: [Int], decoderChannels: [Int], hiddenUnits: [Int] = [256]) {
    self.init(
      encoder: encoderChannels.map { NetworkStage(channels: $0) },
      decoder: decoderChannels.map { NetworkStage(channels: $0) }, hiddenUnits: hiddenUnits)
  }

  /// Widths of a network with one hidden layer of `hiddenUnits` on each side of the latent variables.
  public init(encoderChannels: [Int], decoderChannels: [Int], hiddenUnits: Int) {
    self.init(
      encoderChannels: encoderChannels, decoderChannels: decoderChannels,
      hiddenUnits: [hiddenUnits])
  }

  /// Widths whose decoder mirrors the stages of the encoder.
  ///
  /// - Parameters:
  ///   - stages: of the encoder, the image's side first.
  ///   - hiddenUnits: units of the hidden layers before the latent variables.
  ///   - activation: ReLU or leaky ReLU.
  public init(
    mirroring stages: [NetworkStage], hiddenUnits: [Int] = [256],
    activation: HiddenActivation = .rectified
  ) {
    // A stage of 64 channels and convolutions to 96 and 128 goes back from 128 to 96 and to 64.
    func mirrored(_ stage: NetworkStage) -> [Int] {
      stage.convolutions.isEmpty
        ? [] : stage.convolutions.dropLast().reversed() + [stage.channels]
    }
    self.init(
      encoder: stages, featureConvolutions: stages.last.map(mirrored) ?? [],
      decoder: stages.dropLast().reversed().map {
        NetworkStage(channels: $0.output, convolutions: mirrored($0))
      }, hiddenUnits: hiddenUnits, activation: activation)
  }

  /// Widths whose decoder mirrors the encoder.
  ///
  /// With the paper's channels the decoder is the paper's, which is no mirror for 16 and 32 pixels.
  /// - Parameters:
  ///   - channels: of every convolution of the encoder.
  ///   - hiddenUnits: of the hidden layers before the latent variables.
  ///   - image: the shape of the images.
  public init(mirroring channels: [Int], hiddenUnits: [Int] = [256], for image: ImageShape) {
    let paper = Self.paper(for: image)
    self.init(
      encoderChannels: channels,
      decoderChannels: channels == paper.encoderChannels
        ? paper.decoderChannels : channels.dropLast().reversed(),
      hiddenUnits: hiddenUnits)
  }

  /// Output channels of every halving of the encoder, the image's side first.
  public var encoderChannels: [Int] { encoder.map(\.channels) }

  /// Output channels of every doubling of the decoder but the last, which draws the image.
  public var decoderChannels: [Int] { decoder.map(\.channels) }
}
