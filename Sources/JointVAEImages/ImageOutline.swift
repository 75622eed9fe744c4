import JointVAEFiles

/// The size of an image, known before its pixels are.
public struct ImageOutline: Hashable, Sendable {
  /// Pixels in a row of the decoded image.
  public let width: Int
  /// Rows of the decoded image.
  public let height: Int
  /// Channels of the decoded image: 1 for gray, 3 for red, green, blue.
  public let channels: Int

  /// What `Image(encoded:name:background:limits:)` would give, without decoding a PNG, a JPEG or an image of netpbm.
  /// Images of other formats are decoded, of a GIF the first frame.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - limits: What is refused.
  /// - Throws: `FileError` for a file that is not an image, is an image of another format, is seen to be damaged
  ///   or cut off, or exceeds `limits`.
  public init(
    encoded bytes: [UInt8], name: String, limits: ImageLimits = .standard
  ) throws {
    switch FileFormat(bytes) {
    case .png:
      let outline = try PNGOutline(bytes, name: name, limits: limits)
      (width, height) = outline.orientation.size(width: outline.width, height: outline.height)
      channels = outline.isGray ? 1 : 3
    case .pnm:
      let header = try PNMHeader(bytes, name: name, limits: limits)
      (width, height, channels) = (header.width, header.height, header.channels)
    case .jpeg:
      let outline = try JPEGOutline(bytes, name: name, limits: limits)
      (width, height) = outline.orientation.size(width: outline.width, height: outline.height)
      channels = outline.channels
    case .gif, .bmp, .webP:
      let image = try Image(encoded: bytes, name: name, limits: limits)
      (width, height, channels) = (image.width, image.height, image.channels)
    default: throw FileError.noImage(bytes, name)
    }
  }
}
