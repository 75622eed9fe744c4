import JointVAEFiles

extension Animation {
  /// Decodes all frames of a GIF file, each as the whole picture that is to be seen.
  ///
  /// The frames are gray when all palettes hold nothing but grays, RGB otherwise.
  /// - Parameters:
  ///   - bytes: The file.
  ///   - name: What errors call it.
  ///   - background: The gray that shows through where nothing has been drawn.
  ///   - limits: What is refused before it is decoded.
  /// - Throws: `FileError` for a file that is not a GIF, is damaged or cut off, holds no frame, or exceeds
  ///   `limits`.
  public init(
    gif bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    self = try GIFDecoder.decode(
      bytes, name: name, background: background, limits: limits)
  }

  /// Reads the GIF file at `path`, as `init(gif:name:background:limits:)` decodes it.
  /// - Throws: `FileError` also when the file cannot be read or is too large.
  public init(
    gifAt path: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    let bytes = try BoundedFile.read(path, limit: limits.maximumByteCount)
    try self.init(gif: bytes, name: path, background: background, limits: limits)
  }
}

extension Image {
  /// Decodes the first frame of a GIF file; what follows is not looked at.
  ///
  /// Parameters and errors are those of `Animation.init(gif:name:background:limits:)`.
  public init(
    gif bytes: [UInt8], name: String, background: UInt8 = 255, limits: ImageLimits = .standard
  ) throws {
    let animation = try GIFDecoder.decode(
      bytes, name: name, background: background, limits: limits,
      onlyFirst: true)
    guard let first = animation.frames.first else { throw GIFDecoder.noFrame(name) }
    self = first.image
  }
}
