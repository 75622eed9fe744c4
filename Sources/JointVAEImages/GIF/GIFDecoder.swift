import CGIF
import JointVAEFiles

/// giflib's reader, from memory, record by record, so that sizes are checked before memory is
/// taken.
struct GIFDecoder {
  /// What giflib has yet to read.
  private struct Source {
    var rest: UnsafeRawBufferPointer
    /// Whether giflib has asked for more than there was.
    var isExhausted = false
  }

  private let file: UnsafeMutablePointer<GifFileType>
  private let source: UnsafeMutablePointer<Source>
  private let name: String
  private let limits: ImageLimits

  /// Decodes the frames of `bytes`, or the first alone, without a look at what follows it.
  static func decode(
    _ bytes: [UInt8], name: String, background: UInt8, limits: ImageLimits, onlyFirst: Bool = false
  ) throws -> Animation {
    guard bytes.starts(with: "GIF8".utf8) else {
      throw FileError(name, "is not a GIF image: it does not begin with GIF87a or GIF89a")
    }
    guard bytes.count <= limits.maximumByteCount else {
      throw FileError(
        name, "holds \(bytes.count) bytes; expected at most \(limits.maximumByteCount)")
    }
    return try bytes.withUnsafeBytes { buffer in
      var source = Source(rest: buffer)
      return try withUnsafeMutablePointer(to: &source) { source in
        var code: Int32 = 0
        guard let file = DGifOpen(source, readFromSource, &code) else {
          throw failure(code, source.pointee, name)
        }
        defer { DGifCloseFile(file, &code) }
        let decoder = GIFDecoder(file: file, source: source, name: name, limits: limits)
        return try decoder.frames(background, onlyFirst: onlyFirst)
      }
    }
  }

  /// The error about a file without frames.
  static func noFrame(_ name: String) -> FileError {
    FileError(name, "is a GIF without an image; expected at least one")
  }

  private func frames(_ background: UInt8, onlyFirst: Bool) throws -> Animation {
    let size = (width: Int(file.pointee.SWidth), height: Int(file.pointee.SHeight))
    _ = try limits.pixelCount(width: size.width, height: size.height, name: name)
    var canvas = GIFCanvas(width: size.width, height: size.height, background: background)
    var animation = Animation(frames: [], isEndless: false)
    var control = Self.noControl
    var pixelCount = 0
    while true {
      switch try nextRecord() {
      case IMAGE_DESC_RECORD_TYPE:
        try check(DGifGetImageDesc(file))
        let area = try drawnArea()
        pixelCount += max(size.width * size.height, area.width * area.height)
        try checkLimits(frameCount: animation.frames.count + 1, pixelCount: pixelCount)
        try draw(area, on: &canvas, control)
        animation.frames.append(
          Animation.Frame(image: canvas.image, delay: Int(control.DelayTime)))
        if onlyFirst { return animation.inFewestChannels(canvas.isGray) }
        canvas.dispose(area, control.DisposalMode)
        control = Self.noControl
      case EXTENSION_RECORD_TYPE:
        try readExtension(&control, &animation.isEndless)
      case TERMINATE_RECORD_TYPE:
        guard !animation.frames.isEmpty else { throw Self.noFrame(name) }
        return animation.inFewestChannels(canvas.isGray)
      default:
        throw failure(D_GIF_ERR_WRONG_RECORD)
      }
    }
  }

  /// What holds for a frame that has no control block of its own.
  private static var noControl: GraphicsControlBlock {
    GraphicsControlBlock(
      DisposalMode: DISPOSAL_UNSPECIFIED, UserInputFlag: false, DelayTime: 0,
      TransparentColor: NO_TRANSPARENT_COLOR)
  }

  private func checkLimits(frameCount: Int, pixelCount: Int) throws {
    guard frameCount <= limits.maximumFrameCount else {
      throw FileError(
        name, "holds more than \(limits.maximumFrameCount) frames; expected no more")
    }
    guard pixelCount <= limits.maximumPixelCount else {
      throw FileError(
        name,
        "holds more than \(limits.maximumPixelCount) pixels in \(frameCount) frames; expected no "
          + "more")
    }
  }

  private func nextRecord() throws -> GifRecordType {
    var type = UNDEFINED_RECORD_TYPE
    try check(DGifGetRecordType(file, &type))
    return type
  }

  /// Where the next frame is drawn; it may reach over the canvas.
  private func drawnArea() throws -> PixelRectangle {
    let image = file.pointee.Image
    let area = PixelRectangle(
      x: Int(image.Left), y: Int(image.Top), width: Int(image.Width), height: Int(image.Height))
    _ = try limits.pixelCount(width: area.width, height: area.height, name: name)
    return area
  }

  /// Decodes a frame line by line onto the canvas.
  private func draw(
    _ area: PixelRectangle, on canvas: inout GIFCanvas, _ control: GraphicsControlBlock
  ) throws {
    let image = file.pointee.Image
    guard let map = image.ColorMap ?? file.pointee.SColorMap, let colors = map.pointee.Colors else {
      throw FileError(name, "is a damaged GIF image: a frame has no palette")
    }
    let palette = UnsafeBufferPointer(start: colors, count: Int(map.pointee.ColorCount)).map {
      Color(red: $0.Red, green: $0.Green, blue: $0.Blue)
    }
    canvas.prepare(palette, control.DisposalMode)
    var codes = try GIFCodes(file, name: name) { failure($0) }
    var line = [UInt8](repeating: 0, count: area.width)
    // An interlaced frame stores every eighth line first, then those between.
    let passes = image.Interlace ? [(0, 8), (4, 8), (2, 4), (1, 2)] : [(0, 1)]
    for (first, step) in passes {
      for row in stride(from: first, to: area.height, by: step) {
        try codes.read(into: &line)
        let transparent = Int(control.TransparentColor)
        guard canvas.draw(line, palette, transparent, x: area.x, y: area.y + row) else {
          throw FileError(
            name, "is a damaged GIF image: a pixel is not among the \(palette.count) colors")
        }
      }
    }
    try codes.finish()
  }

  /// Takes a frame's delay, transparency and disposal, and the wish to loop; skips the rest.
  private func readExtension(
    _ control: inout GraphicsControlBlock, _ isEndless: inout Bool
  ) throws {
    var function: Int32 = 0
    var block: UnsafeMutablePointer<GifByteType>?
    try check(DGifGetExtension(file, &function, &block))
    var isLoop = false
    while let bytes = block {
      // A block's first byte is its length.
      let count = Int(bytes[0])
      let body = UnsafeBufferPointer(start: bytes + 1, count: count)
      if function == GRAPHICS_EXT_FUNC_CODE {
        guard count == 4 else {
          throw FileError(
            name, "is a damaged GIF image: a frame's control block has \(count) bytes")
        }
        try check(DGifExtensionToGCB(count, bytes + 1, &control))
      } else if function == APPLICATION_EXT_FUNC_CODE {
        if isLoop && count == 3 && body[0] == 1 {
          isEndless = body[1] == 0 && body[2] == 0
        }
        isLoop = isLoop || body.elementsEqual("NETSCAPE2.0".utf8)
      }
      try check(DGifGetExtensionNext(file, &block))
    }
  }

  private func check(_ status: Int32) throws {
    guard status == GIF_OK else { throw failure(file.pointee.Error) }
  }

  private func failure(_ code: Int32) -> FileError { Self.failure(code, source.pointee, name) }

  private static func failure(_ code: Int32, _ source: Source, _ name: String) -> FileError {
    // giflib does not always report the end.
    source.isExhausted
      ? FileError(name, "is cut off: it ends before the end of the GIF image")
      : FileError(name, "is a damaged GIF image: \(gifReason(code))")
  }
}

extension GIFDecoder {
  /// giflib's way to the bytes.
  private static let readFromSource: InputFunc = { file, destination, count in
    guard let source = file?.pointee.UserData?.assumingMemoryBound(to: Source.self),
      let destination, count > 0
    else { return 0 }
    let part = source.pointee.rest.prefix(Int(count))
    source.pointee.isExhausted = part.count < Int(count)
    guard let bytes = UnsafeRawBufferPointer(rebasing: part).baseAddress else { return 0 }
    UnsafeMutableRawPointer(destination).copyMemory(from: bytes, byteCount: part.count)
    source.pointee.rest = UnsafeRawBufferPointer(
      rebasing: source.pointee.rest.dropFirst(part.count))
    return Int32(part.count)
  }
}

extension Animation {
  /// The same frames in one channel, when their colors are known to be gray.
  fileprivate func inFewestChannels(_ isGray: Bool) -> Animation {
    guard isGray else { return self }
    return Animation(
      frames: frames.map { frame in
        let image = frame.image
        let values = stride(from: 0, to: image.pixels.count, by: 3).map { image.pixels[$0] }
        return Frame(
          image: Image(width: image.width, height: image.height, channels: 1, pixels: values),
          delay: frame.delay)
      }, isEndless: isEndless)
  }
}
