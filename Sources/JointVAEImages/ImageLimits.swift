import JointVAEFiles

/// What a file may claim before any of it is decoded.
///
/// A few bytes of PNG or GIF can ask for gigabytes of pixels. Before reading files of others, set bounds
/// that suit the machine.
public struct ImageLimits: Equatable, Sendable {
  /// The largest file, in bytes.
  public var maximumByteCount: Int
  /// The most pixels, in all frames together.
  public var maximumPixelCount: Int
  /// The most frames of an animation.
  public var maximumFrameCount: Int

  /// Limits of one's own; the standard ones suit a machine of 2 GB.
  public init(
    maximumByteCount: Int = 256 << 20, maximumPixelCount: Int = 1 << 26,
    maximumFrameCount: Int = 10_000
  ) {
    self.maximumByteCount = maximumByteCount
    self.maximumPixelCount = maximumPixelCount
    self.maximumFrameCount = maximumFrameCount
  }

  /// 256 MiB of file, 64 Mi pixels (8192 x 8192), 10,000 frames.
  public static let standard = ImageLimits()

  /// The number of pixels of a `width` by `height` image.
  /// - Throws: `FileError` about `name` when there are none, or more than the limit.
  func pixelCount(width: Int, height: Int, name: String) throws -> Int {
    let (count, overflow) = width.multipliedReportingOverflow(by: height)
    guard width > 0 && height > 0 else {
      throw FileError(name, "claims to be \(width) x \(height) pixels; expected at least 1 x 1")
    }
    guard !overflow && count <= maximumPixelCount else {
      throw FileError(
        name,
        "claims to be \(width) x \(height) pixels; expected at most \(maximumPixelCount) pixels")
    }
    return count
  }
}
