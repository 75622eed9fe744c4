/// Networks by name, for images of any size.
public enum NetworkPreset: String, CaseIterable, Hashable, Sendable {
  /// The paper's: 32 and 64 channels, 256 hidden units.
  case paper
  /// 32 channels throughout and 128 hidden units, for quick runs of small images.
  case small
  /// 64, 128 and then 256 channels, and 512 hidden units, for colored images of many things.
  case wide
  /// The paper's with one more 3x3 convolution of stride 1 in every stage, for finer shapes.
  case deep

  /// Channels and hidden units for images of `image`.
  public func widths(for image: ImageShape) -> NetworkWidths {
    let depth = NetworkWidths.halvings(of: image)
    switch self {
    case .paper: return .paper(for: image)
    case .deep: return .paper(for: image).with(extraConvolutions: 1)
    case .small:
      return NetworkWidths(
        encoderChannels: Array(repeating: 32, count: depth),
        decoderChannels: Array(repeating: 32, count: depth - 1), hiddenUnits: [128])
    case .wide:
      let channels = (0..<depth).map { min(64 << $0, 256) }
      return NetworkWidths(mirroring: channels, hiddenUnits: [512], for: image)
    }
  }
}
