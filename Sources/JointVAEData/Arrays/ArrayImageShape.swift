/// The shape of an image that lies in a file as a row of numbers: `[y, x, channel]`.
package struct ArrayImageShape: Equatable, Sendable {
  /// Pixels of a column.
  package var height: Int
  /// Pixels of a row.
  package var width: Int
  /// Values of a pixel: 1 or 3.
  package var channels: Int

  /// Images of `height` times `width` pixels.
  package init(height: Int, width: Int, channels: Int = 1) {
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The square image of `count` values in `channels`, at least 2 pixels wide; nil when there is
  /// none within the limits.
  init?(squareOf count: Int, channels: Int = 1) {
    guard count > 0, count % channels == 0, count / channels <= DataLimits.largestPixelCount else {
      return nil
    }
    let side = Int(Double(count / channels).squareRoot())
    guard side >= 2, side * side == count / channels else { return nil }
    self.init(height: side, width: side, channels: channels)
  }

  /// Values of an image.
  ///
  /// - Precondition: `isWithinLimits`, so that the product fits.
  package var valueCount: Int { height * width * channels }

  /// Whether sides and channels are such as this package handles.
  package var isWithinLimits: Bool {
    (1...DataLimits.largestSide).contains(height) && (1...DataLimits.largestSide).contains(width)
      && (channels == 1 || channels == 3)
  }
}

extension DataLimits {
  /// The most pixels of an image that is read.
  static var largestPixelCount: Int { largestSide * largestSide }
}
