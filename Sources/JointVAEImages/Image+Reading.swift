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
    switch ImageFormat(bytes) {
    case .png: try self.init(png: bytes, name: name, background: background, limits: limits)
    case .jpeg: try self.init(jpeg: bytes, name: name, limits: limits)
    case .gif: try self.init(gif: bytes, name: name, background: background, limits: limits)
    case let format: throw ImageFormat.unreadable(format, name)
    }
  }
}

extension ImageFormat {
  /// The error about a file of a format that is not read, or of none.
  static func unreadable(_ format: ImageFormat?, _ name: String) -> FileError {
    guard let format else { return FileError(name, "is no image; expected PNG, JPEG or GIF") }
    return FileError(
      name,
      "is a \(format.name) image, which is not read; convert it to PNG, JPEG or GIF")
  }
}
