/// How wide a network is: the channels of its convolutions and the units of its hidden layers.
///
/// The image halves with every convolution of the encoder until it is 4x4 pixels, and doubles with every transposed
/// convolution of the decoder.
public struct NetworkWidths: Hashable, Codable, Sendable {
  /// Output channels of every convolution of the encoder, the image's side first: one for each halving.
  public var encoderChannels: [Int]
  /// Output channels of every transposed convolution of the decoder but the last, which draws the image.
  public var decoderChannels: [Int]
  /// Units of the hidden layers before the latent variables and behind them.
  public var hiddenUnits: Int

  /// Widths of a network for images that halve `encoderChannels.count` times.
  public init(encoderChannels: [Int], decoderChannels: [Int], hiddenUnits: Int = 256) {
    self.encoderChannels = encoderChannels
    self.decoderChannels = decoderChannels
    self.hiddenUnits = hiddenUnits
  }

  /// The paper's: 32 channels, 64 near the 4x4 features, and 256 hidden units (Dupont 2018, appendix).
  ///
  /// 16 and 32 pixels have the decoder of the reference implementation, which has 32 channels throughout.
  public static func paper(for image: ImageShape) -> NetworkWidths {
    let depth = halvings(of: image)
    let wide = depth >= 4 ? [64] : []
    return NetworkWidths(
      encoderChannels: Array(repeating: 32, count: max(depth - 2, 0)) + [64, 64],
      decoderChannels: wide + Array(repeating: 32, count: max(depth - 1 - wide.count, 0)))
  }

  /// How often an image halves until it is 4x4 pixels: 3 times for 32x32.
  public static func halvings(of image: ImageShape) -> Int {
    max(image.size.trailingZeroBitCount - 2, 0)
  }

  /// Channels and units that the kernels can compute: panels of 32.
  static let panel = 32
  /// Channels or units beyond which widths are taken for a slip.
  static let limit = 2048

  /// - Throws: `ConfigurationError` naming the first layer that cannot be computed for images of `image`, and its number.
  public func validate(for image: ImageShape) throws {
    let depth = Self.halvings(of: image)
    guard encoderChannels.count == depth else {
      throw ConfigurationError(
        "channels of the encoder", "\(encoderChannels)",
        expected: "\(depth) numbers, one for each halving of \(image.size) pixels to 4")
    }
    guard decoderChannels.count == depth - 1 else {
      throw ConfigurationError(
        "channels of the decoder", "\(decoderChannels)",
        expected: "\(depth - 1) numbers, one for each doubling of 4 pixels but the last")
    }
    for (index, channels) in encoderChannels.enumerated() {
      try Self.check(channels, "channels of \(NetworkDescription.encoderName(index))")
    }
    try Self.check(hiddenUnits, "units of \(NetworkDescription.encoderHiddenName)")
    for (index, channels) in decoderChannels.enumerated() {
      try Self.check(channels, "channels of \(NetworkDescription.decoderName(index))")
    }
    // The kernel that draws images takes dot products over exactly one panel of channels.
    if let last = decoderChannels.last, last != Self.panel {
      throw ConfigurationError(
        "channels of \(NetworkDescription.decoderName(depth - 2))", "\(last)",
        expected: "\(Self.panel), as the next layer draws the image")
    }
  }

  private static func check(_ number: Int, _ name: String) throws {
    guard (panel...limit).contains(number), number % panel == 0 else {
      throw ConfigurationError(
        name, "\(number)", expected: "a multiple of \(panel) from \(panel) to \(limit)")
    }
  }
}
