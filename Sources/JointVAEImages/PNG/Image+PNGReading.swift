import CPNG
import JointVAEFiles

extension Image {
  /// Decodes a PNG image: gray, palette or RGB, 1 to 16 bits, with or without alpha, interlaced or
  /// not.
  ///
  /// Gray files, and palettes of nothing but grays, give one channel, all others three. 16 bits
  /// are rounded to 8. The values are those of the file, whatever gamma it declares. The image is turned upright where
  /// its EXIF block records how the camera was held.
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - background: The gray that shows through where the image is transparent.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for a file that is not a PNG, is damaged or cut off, or exceeds `limits`.
  public init(
    png bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    self = try DecodedImage.png(
      bytes, name: name, background: background, spread: nil, limits: limits
    ).image
  }

  /// Reads the PNG file at `path`, as `init(png:name:background:limits:)` decodes it.
  /// - Throws: `FileError` also when the file cannot be read or is too large.
  public init(
    pngAt path: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    let bytes = try BoundedFile.read(path, limit: limits.maximumByteCount)
    try self.init(png: bytes, name: path, background: background, limits: limits)
  }
}

extension DecodedImage {
  /// Decodes a PNG image; see `Image.init(png:name:background:limits:)`.
  static func png(
    _ bytes: [UInt8], name: String, background: UInt8, spread: ClosedRange<Double>?,
    limits: ImageLimits, keepsAlpha: Bool = false
  ) throws -> DecodedImage {
    let outline = try PNGOutline(bytes, name: name, limits: limits)
    let (width, height) = (outline.width, outline.height)
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    // libpng keeps the address of the bytes from the first call to the second.
    var decoded = try outline.essentials.withUnsafeBytes { essentials in
      guard png_image_begin_read_from_memory(&image, essentials.baseAddress, essentials.count) != 0
      else { throw image.failure(name) }
      let sampleCount = image.chooseFormat()
      let count = width * height * sampleCount
      if keepsAlpha {
        let kept =
          image.hasWideSamples
          ? Image(
            width: width, height: height,
            keepingAlphaOf: try image.finish(count, name, as: UInt16.self),
            sampleCount: sampleCount)
          : Image(
            width: width, height: height,
            keepingAlphaOf: try image.finish(count, name, as: UInt8.self),
            sampleCount: sampleCount)
        return try DecodedImage(kept, nil, name)
      }
      if image.hasWideSamples {
        return try DecodedImage(
          width: width, height: height, samples: image.finish(count, name, as: UInt16.self),
          sampleCount: sampleCount, background: background, spread, name)
      }
      return try DecodedImage(
        Image(
          width: width, height: height, samples: image.finish(count, name, as: UInt8.self),
          sampleCount: sampleCount, background: background, isGray: outline.hasGrayPalette),
        spread, name)
    }
    decoded.image = decoded.image.upright(from: outline.orientation)
    return decoded
  }
}

extension png_image {
  /// Asks for the channels and the width of samples that the file has; returns the channels.
  ///
  /// 16 bits are asked for as they are, which libpng calls linear. Its own way to 8 bits spoils
  /// interlaced files (libpng issue 853).
  fileprivate mutating func chooseFormat() -> Int {
    let color = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    let alpha = png_uint_32(PNG_FORMAT_FLAG_ALPHA)
    format &= color | alpha | png_uint_32(PNG_FORMAT_FLAG_LINEAR)
    return (format & color != 0 ? 3 : 1) + (format & alpha != 0 ? 1 : 0)
  }

  /// Whether the samples have 16 bits.
  fileprivate var hasWideSamples: Bool { format & png_uint_32(PNG_FORMAT_FLAG_LINEAR) != 0 }

  /// Decodes `count` samples.
  fileprivate mutating func finish<Sample: FixedWidthInteger>(
    _ count: Int, _ name: String, as type: Sample.Type
  ) throws -> [Sample] {
    try [Sample](filling: count) { buffer, initializedCount in
      guard png_image_finish_read(&self, nil, buffer.baseAddress, 0, nil) != 0 else {
        throw failure(name)
      }
      initializedCount = count
    }
  }

  /// libpng's reason as an error about the file called `name`.
  fileprivate func failure(_ name: String) -> FileError {
    FileError(name, "is a damaged PNG image: \(reason)")
  }

  /// libpng's last message.
  var reason: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
