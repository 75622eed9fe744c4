import JointVAEFiles

extension Image {
  /// Decodes a PNG, JPEG, WebP, BMP or netpbm image, or the first frame of a GIF, recognized by their first bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - background: The gray that shows through where the image is transparent.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for a file that is not an image, is an image of another format, is damaged or cut
  ///   off, or exceeds `limits`.
  public init(
    encoded bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    self = try DecodedImage(
      encoded: bytes, name: name, background: background, limits: limits
    ).image
  }
}

extension Image {
  /// Decodes an image to red, green, blue and alpha. Alpha is that of PNG and WebP files that have some; all else is opaque.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError`, as `init(encoded:name:background:limits:)`.
  public init(
    keepingAlphaOf bytes: [UInt8], name: String, limits: ImageLimits = .standard
  ) throws {
    switch FileFormat(bytes) {
    case .png:
      self = try DecodedImage.png(
        bytes, name: name, background: 255, spread: nil, limits: limits, keepsAlpha: true
      ).image
    case .webP: self = try Image(webP: bytes, name: name, limits: limits, keepsAlpha: true)
    default: self = try Image(encoded: bytes, name: name, limits: limits).rgba
    }
  }
}

extension FileError {
  /// The error about a file that is not read as an image: empty, of a format that is not supported, or something else.
  static func noImage(_ bytes: [UInt8], _ name: String) -> FileError {
    let expected = "expected \(FileFormat.readImages)"
    guard !bytes.isEmpty else { return FileError(name, "is empty; \(expected)") }
    guard let format = FileFormat(bytes) else {
      return FileError(name, "is not an image; \(expected)")
    }
    return FileError(
      name,
      format.isImage
        ? "is \(format), which is not supported; convert it to PNG or JPEG"
        : "is \(format), not an image; \(expected)"
          + (format == .html || format == .largeFilePointer
            ? format.advice.map { ": \($0)" } ?? "" : ""))
  }
}
