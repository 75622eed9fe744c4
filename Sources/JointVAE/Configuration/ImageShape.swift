/// The size of the square images a model works on.
///
/// In memory an image is `height, width, channel` (HWC), one `UInt8` a value: 0 is black, 255 is white.
public struct ImageShape: Hashable, Codable, Sendable, CustomStringConvertible {
  /// Height and width, in pixels: a power of two from 16 to 128.
  public var size: Int
  /// Values a pixel: 1 for gray, 3 for red, green and blue.
  public var channels: Int

  /// A square of `size` pixels with `channels` values each.
  public init(size: Int, channels: Int = 1) {
    self.size = size
    self.channels = channels
  }

  /// Values of one image: `size * size * channels`.
  public var valueCount: Int { size * size * channels }

  /// Pixels of one image: `size * size`.
  public var pixelCount: Int { size * size }

  /// Such as `32x32x1`.
  public var description: String { "\(size)x\(size)x\(channels)" }

  /// Sizes the network's rule covers, in pixels.
  public static let supportedSizes = [16, 32, 64, 128]

  /// - Throws: `ConfigurationError` when no network exists for this shape.
  public func validate() throws {
    guard Self.supportedSizes.contains(size) else {
      throw ConfigurationError(
        "image size", "\(size)", expected: "one of 16, 32, 64 and 128 pixels")
    }
    guard channels == 1 || channels == 3 else {
      throw ConfigurationError("image channels", "\(channels)", expected: "1 (gray) or 3 (RGB)")
    }
  }
}
