/// A stage of an encoder or a decoder: a layer of stride 2, and the 3x3 convolutions of stride 1 behind it.
public struct NetworkStage: Hashable, Sendable {
  /// Output channels of the layer that halves the planes of an encoder, or doubles those of a decoder.
  public var channels: Int
  /// Output channels of each 3x3 convolution behind it, which keep height and width; empty for none.
  public var convolutions: [Int]

  /// A stage.
  ///
  /// - Parameters:
  ///   - channels: output channels of its layer of stride 2.
  ///   - convolutions: output channels of the 3x3 convolutions behind it.
  public init(channels: Int, convolutions: [Int] = []) {
    self.channels = channels
    self.convolutions = convolutions
  }

  /// Channels of what it gives.
  public var output: Int { convolutions.last ?? channels }
}
