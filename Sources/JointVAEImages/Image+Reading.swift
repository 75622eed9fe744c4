import JointVAEFiles

extension Image {
  /// Decodes a PNG, a JPEG, or the first frame of a GIF, told apart by their first bytes.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - background: The gray that shows through where the image is transparent.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for what is no image, is an image of another format, is damaged or cut
  ///   off, or exceeds `limits`.
  public init(
    encoded bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    switch FileFormat(bytes) {
    case .png: try self.init(png: bytes, name: name, background: background, limits: limits)
    case .jpeg: try self.init(jpeg: bytes, name: name, limits: limits)
    case .gif: try self.init(gif: bytes, name: name, background: background, limits: limits)
    case let format: throw FileFormat.noImage(format, name)
    }
  }
}

extension FileFormat {
  /// The error about a file that is not read as an image: of a format that is not supported, or no image.
  static func noImage(_ format: FileFormat?, _ name: String) -> FileError {
    guard let image = format?.imageName else {
      return FileError(name, "is no image; expected PNG, JPEG or GIF")
    }
    return FileError(
      name, "is a \(image) image, which is not read; convert it to PNG, JPEG or GIF")
  }

  /// What people call the format; nil when it is not one of images.
  private var imageName: String? {
    switch self {
    case .png: "PNG"
    case .jpeg: "JPEG"
    case .gif: "GIF"
    case .webP: "WebP"
    case .tiff: "TIFF"
    case .bmp: "BMP"
    case .heif: "HEIF (HEIC, AVIF)"
    case .zip, .tar, .gzip, .npy, .idx, .safetensors, .pickle: nil
    }
  }
}
