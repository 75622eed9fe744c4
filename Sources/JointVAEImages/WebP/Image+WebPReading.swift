import CWebP
import JointVAEFiles

extension Image {
  /// Decodes a WebP image, with or without loss, and turns it upright where its EXIF block records how the camera was
  /// held.
  ///
  /// The format has no gray images: one in which all colors are grays gives one channel, all others give three.
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - background: The gray that shows through where the image is transparent.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for a file that is not a WebP, is animated, damaged or cut off, or exceeds `limits`.
  public init(
    webP bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    self = try Image(
      webP: bytes, name: name, background: background, limits: limits, keepsAlpha: false)
  }

  /// The same; with `keepsAlpha` in red, green, blue and alpha.
  init(
    webP bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits,
    keepsAlpha: Bool
  ) throws {
    let outline = try WebPOutline(bytes, name: name, limits: limits)
    let (width, height) = (outline.width, outline.height)
    let sampleCount = outline.hasAlpha ? 4 : 3
    let count = width * height * sampleCount
    var samples = try [UInt8](filling: count) { buffer, initialized in
      let decode = outline.hasAlpha ? WebPDecodeRGBAInto : WebPDecodeRGBInto
      guard
        decode(bytes, bytes.count, buffer.baseAddress, count, Int32(width * sampleCount)) != nil
      else { throw FileError(name, "is a damaged WebP image, or one that is cut off") }
      initialized = count
    }
    if keepsAlpha {
      self = Image(
        width: width, height: height, keepingAlphaOf: samples, sampleCount: sampleCount
      ).upright(from: outline.orientation)
      return
    }
    let isGray = Self.areGray(samples, step: sampleCount)
    if isGray, !outline.hasAlpha {
      let count = width * height
      for pixel in 0..<count { samples[pixel] = samples[3 * pixel] }
      samples.removeLast(2 * count)
    }
    self.init(
      width: width, height: height, samples: samples,
      sampleCount: isGray && !outline.hasAlpha ? 1 : sampleCount, background: background,
      isGray: isGray)
    self = upright(from: outline.orientation)
  }

  /// Whether red, green and blue are equal in every pixel of `step` samples.
  private static func areGray(_ samples: [UInt8], step: Int) -> Bool {
    for place in stride(from: 0, to: samples.count, by: step) {
      let red = samples[place]
      guard red == samples[place + 1], red == samples[place + 2] else { return false }
    }
    return true
  }
}

/// What a WebP file shows before anything is decoded.
struct WebPOutline {
  /// Pixels in a stored row.
  let width: Int
  /// Stored rows.
  let height: Int
  let hasAlpha: Bool
  /// How the stored pixels are turned.
  let orientation: ImageOrientation

  /// Looks through the chunks of `bytes`, of which errors speak as `name`.
  ///
  /// - Throws: `FileError`.
  init(_ bytes: [UInt8], name: String, limits: ImageLimits) throws {
    guard bytes.count <= limits.maximumByteCount else {
      throw FileError(
        name, "holds \(bytes.count) bytes; expected at most \(limits.maximumByteCount)")
    }
    var features = WebPBitstreamFeatures()
    switch WebPGetFeatures(bytes, bytes.count, &features) {
    case VP8_STATUS_OK: break
    case VP8_STATUS_NOT_ENOUGH_DATA:
      throw FileError(
        name, "is cut off: it ends at byte \(bytes.count), before the end of the WebP image")
    default: throw FileError(name, "is a damaged WebP image: its header is none")
    }
    guard features.has_animation == 0 else {
      throw FileError(
        name, "is an animated WebP image, which is not supported; convert it to PNG or GIF")
    }
    (width, height) = (Int(features.width), Int(features.height))
    _ = try limits.pixelCount(width: width, height: height, name: name)
    hasAlpha = features.has_alpha != 0
    orientation = Self.orientation(in: bytes) ?? .upright
  }

  /// The orientation of an EXIF chunk; nil when there is none.
  private static func orientation(in bytes: [UInt8]) -> ImageOrientation? {
    var place = 12
    while place + 8 <= bytes.count {
      let length = bytes[place + 4..<place + 8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let body = place + 8
      guard length <= bytes.count - body else { return nil }
      if bytes[place..<place + 4].elementsEqual("EXIF".utf8) {
        return EXIFOrientation.find(in: bytes[body..<body + length])
      }
      // Chunks begin at even places.
      place = body + length + length % 2
    }
    return nil
  }
}
