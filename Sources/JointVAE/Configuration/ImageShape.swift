/// The shape of the images a model works on.
///
/// In memory an image is `height, width, channel` (HWC), one `UInt8` a value: 0 is black, 255 is white.
public struct ImageShape: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Height and width, each from 8 to 256 pixels.
  public var size: ImageSize
  /// Values a pixel, from 1 to 4: 1 for gray, 3 for red, green and blue.
  public var channels: Int

  /// Images of `size` with `channels` values a pixel.
  public init(size: ImageSize, channels: Int = 1) {
    self.size = size
    self.channels = channels
  }

  /// A square of `size` pixels with `channels` values each.
  public init(size: Int, channels: Int = 1) {
    self.init(size: ImageSize(side: size), channels: channels)
  }

  /// `height` rows of `width` pixels with `channels` values each.
  public init(height: Int, width: Int, channels: Int = 1) {
    self.init(size: ImageSize(height: height, width: width), channels: channels)
  }

  /// Reads `32x32x1`, as ``description`` writes it.
  /// - Returns: nil for any other text.
  public init?(text: String) {
    let numbers = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 3, let height = numbers[0], let width = numbers[1],
      let channels = numbers[2]
    else { return nil }
    self.init(height: height, width: width, channels: channels)
  }

  /// Rows.
  public var height: Int { size.height }

  /// Pixels of a row.
  public var width: Int { size.width }

  /// Values of one image: `height * width * channels`.
  public var valueCount: Int { pixelCount * channels }

  /// Pixels of one image: `height * width`.
  public var pixelCount: Int { size.pixelCount }

  /// Such as `32x32x1`, height times width times channels.
  public var description: String { "\(height)x\(width)x\(channels)" }

  /// - Throws: `ConfigurationError` when no network exists for this shape.
  public func validate() throws {
    try size.validate()
    guard (1...4).contains(channels) else {
      throw ConfigurationError(
        "image channels", "\(channels)",
        expected: "from 1 to 4, such as 1 (gray) or 3 (red, green and blue)")
    }
  }
}
