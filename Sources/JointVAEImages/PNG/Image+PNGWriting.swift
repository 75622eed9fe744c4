import CPNG
import JointVAEFiles

extension Image {
  /// The image as a PNG file: 8 bits, gray or RGB, with alpha where it has some; decoding it gives the same values.
  /// - Throws: `ImageError` when libpng refuses, as it does beyond a million pixels in a row.
  public func pngBytes() throws -> [UInt8] {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(width)
    image.height = png_uint_32(height)
    let color = channels > 2 ? png_uint_32(PNG_FORMAT_FLAG_COLOR) : 0
    let alpha = hasAlpha ? png_uint_32(PNG_FORMAT_FLAG_ALPHA) : 0
    image.format = color | alpha
    defer { png_image_free(&image) }
    // Room for what zlib makes of noise; most pictures take far less.
    let rawCount = pixels.count + height
    let capacity = rawCount + rawCount / 4 + 4096
    return try [UInt8](filling: capacity) { buffer, count in
      var written = png_alloc_size_t(capacity)
      guard
        png_image_write_to_memory(&image, buffer.baseAddress, &written, 0, pixels, 0, nil) != 0
      else {
        throw ImageError(
          "an image of \(width) x \(height) cannot be written as PNG: \(image.reason)")
      }
      count = Int(written)
    }
  }

  /// Writes the image as a PNG file to `path`, whole or not at all.
  /// - Throws: `ImageError` as `pngBytes()` does; `FileError` when the file cannot be written.
  public func writePNG(to path: String) throws {
    try AtomicFile.write(pngBytes(), to: path)
  }
}
