import CTurboJPEG
import JointVAEFiles

extension Image {
  /// Decodes a JPEG image, baseline or progressive, gray or in color, and turns it upright where its
  /// EXIF block records how the camera was held.
  ///
  /// Gray files give one channel, all others three. The values are those of libjpeg's exact integer
  /// transform with smooth upsampling of color; profiles are not applied.
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for a file that is not a JPEG, is damaged or cut off in the least, is in the inks of
  ///   print (CMYK), or exceeds `limits`.
  public init(jpeg bytes: [UInt8], name: String, limits: ImageLimits = .standard) throws {
    let outline = try JPEGOutline(bytes, name: name, limits: limits)
    let decoder = try JPEGDecoder(name)
    let count = outline.width * outline.height * outline.channels
    let pixels = try [UInt8](filling: count) { buffer, initialized in
      try decoder.decode(bytes, outline, to: buffer)
      initialized = count
    }
    self = Image(
      width: outline.width, height: outline.height, channels: outline.channels, pixels: pixels
    ).upright(from: outline.orientation)
  }

  /// Reads the JPEG file at `path`, as `init(jpeg:name:limits:)` decodes it.
  /// - Throws: `FileError` also when the file cannot be read or is too large.
  public init(jpegAt path: String, limits: ImageLimits = .standard) throws {
    let bytes = try BoundedFile.read(path, limit: limits.maximumByteCount)
    try self.init(jpeg: bytes, name: path, limits: limits)
  }
}

/// TurboJPEG's handle for one image.
private final class JPEGDecoder {
  private let handle: tjhandle
  private let name: String

  init(_ name: String) throws {
    guard let handle = tjInitDecompress() else {
      throw FileError(name, "cannot be decoded: no memory for a JPEG decoder")
    }
    self.handle = handle
    self.name = name
  }

  deinit { tjDestroy(handle) }

  /// Decodes to `pixels`, which has room for the pixels of `outline`.
  func decode(
    _ bytes: [UInt8], _ outline: JPEGOutline, to pixels: UnsafeMutableBufferPointer<UInt8>
  ) throws {
    let count = UInt(bytes.count)
    var (width, height, subsampling, space) = (Int32(0), Int32(0), Int32(0), Int32(0))
    try check(tjDecompressHeader3(handle, bytes, count, &width, &height, &subsampling, &space))
    // What is written is what libjpeg has read, so this must be what memory was taken for.
    guard Int(width) == outline.width, Int(height) == outline.height else {
      throw FileError(
        name,
        "is a damaged JPEG image: it claims to be \(outline.width) x \(outline.height) pixels, then "
          + "\(width) x \(height)")
    }
    let format = outline.channels == 1 ? TJPF_GRAY : TJPF_RGB
    // A warning means that pixels were made up. A scan costs time for few bytes: 500 are allowed.
    let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS
    try check(
      tjDecompress2(
        handle, bytes, count, pixels.baseAddress, width, 0, height, Int32(format.rawValue), flags))
  }

  private func check(_ status: Int32) throws {
    guard status != 0 else { return }
    let reason = tjGetErrorStr2(handle).map { String(cString: $0) } ?? "unknown error"
    throw FileError(
      name,
      reason.contains("Premature end")
        ? "is cut off: it ends before the end of the JPEG image"
        : "is a damaged JPEG image: \(reason)")
  }
}
