extension NetworkWidths {
  /// The paper's: 32 channels, 64 near the features, and 256 hidden units (Dupont 2018, appendix).
  ///
  /// Networks of two or three halvings, as for 16 and 32 pixels, have the decoder of the reference implementation, which
  /// has 32 channels throughout.
  public static func paper(for image: ImageShape) -> NetworkWidths {
    let depth = halvings(of: image)
    let wide = depth >= 4 ? [64] : []
    return NetworkWidths(
      encoderChannels: (Array(repeating: 32, count: max(depth - 2, 0)) + [64, 64]).suffix(depth),
      decoderChannels: wide + Array(repeating: 32, count: max(depth - 1 - wide.count, 0)))
  }

  /// How often an image halves, its sides rounded up, until it has no more pixels than the paper's features, 16: 3 times
  /// for 32x32, which ends at 4x4, and 4 times for 48x80, which ends at 3x5.
  ///
  /// This is the one rule for how deep a network goes that is not told.
  public static func halvings(of image: ImageShape) -> Int {
    var (size, count) = (image.size, 0)
    while size.pixelCount > 16 {
      size = size.halved
      count += 1
    }
    return max(count, 1)
  }

  /// How often an image halves until one pixel is left.
  static func mostHalvings(of image: ImageShape) -> Int {
    var (size, count) = (image.size, 0)
    while size.pixelCount > 1 {
      size = size.halved
      count += 1
    }
    return count
  }
}

extension ImageSize {
  /// Half of both sides, rounded up: what a convolution of stride 2 makes of them.
  public var halved: ImageSize { ImageSize(height: (height + 1) / 2, width: (width + 1) / 2) }
}
