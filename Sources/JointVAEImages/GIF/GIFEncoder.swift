import CGIF

/// giflib's writer, into memory.
struct GIFEncoder {
  private let file: UnsafeMutablePointer<GifFileType>

  /// Lets `body` write to `bytes`; closes the file and frees what giflib holds in any case.
  /// - Throws: what `body` throws, or `ImageError` with giflib's reason.
  static func encode(to bytes: inout [UInt8], _ body: (GIFEncoder) throws -> Void) throws {
    try withUnsafeMutablePointer(to: &bytes) { sink in
      var code: Int32 = 0
      guard let file = EGifOpen(sink, appendToSink, &code) else { throw failure(code) }
      let result = Result { try body(GIFEncoder(file: file)) }
      guard EGifCloseFile(file, &code) == GIF_OK else {
        try result.get()
        throw failure(code)
      }
      try result.get()
    }
  }

  /// The bytes that `patch` takes in a file with `palette`, up to a constant.
  static func size(
    of patch: FramePatch, palette: Palette
  ) throws -> Int {
    var bytes: [UInt8] = []
    try encode(to: &bytes) { encoder in
      let right = patch.area.x + patch.area.width
      let bottom = patch.area.y + patch.area.height
      try encoder.begin(width: right, height: bottom, palette: palette, isEndless: false)
      try encoder.append(patch, delay: 0)
    }
    return bytes.count
  }

  /// Writes the header, the palette of all frames and the wish to loop.
  func begin(width: Int, height: Int, palette: Palette, isEndless: Bool) throws {
    EGifSetGifVersion(file, true)
    let colors = palette.paddedColors.map {
      GifColorType(Red: $0.red, Green: $0.green, Blue: $0.blue)
    }
    let bits = GifBitSize(Int32(colors.count))
    guard let map = GifMakeMapObject(Int32(colors.count), colors) else {
      throw GIFEncoder.failure(E_GIF_ERR_NOT_ENOUGH_MEM)
    }
    // giflib copies it.
    defer { GifFreeMapObject(map) }
    try check(EGifPutScreenDesc(file, Int32(width), Int32(height), bits, 0, map))
    guard isEndless else { return }
    try check(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE))
    try check(EGifPutExtensionBlock(file, 11, "NETSCAPE2.0"))
    // Sub-block 1: how often, 0 for without end.
    try check(EGifPutExtensionBlock(file, 3, [1, 0, 0] as [UInt8]))
    try check(EGifPutExtensionTrailer(file))
  }

  /// Writes a part of a frame; what lies outside of it stays as it was.
  func append(_ patch: FramePatch, delay: Int) throws {
    let area = patch.area
    let control: [UInt8] = [
      UInt8(DISPOSE_DO_NOT) << 2 | (patch.transparent == nil ? 0 : 1),
      UInt8(truncatingIfNeeded: delay), UInt8(truncatingIfNeeded: delay >> 8),
      patch.transparent ?? 0,
    ]
    try check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, Int32(control.count), control))
    try check(
      EGifPutImageDesc(
        file, Int32(area.x), Int32(area.y), Int32(area.width), Int32(area.height), false, nil))
    for row in 0..<area.height {
      // giflib masks the line in place.
      var line = Array(patch.indices[row * area.width..<(row + 1) * area.width])
      try check(EGifPutLine(file, &line, Int32(line.count)))
    }
  }

  private func check(_ status: Int32) throws {
    guard status == GIF_OK else { throw GIFEncoder.failure(file.pointee.Error) }
  }

  private static func failure(_ code: Int32) -> ImageError {
    ImageError("a GIF cannot be written: \(gifReason(code))")
  }
}

/// giflib's words for an error's number.
func gifReason(_ code: Int32) -> String {
  GifErrorString(code).map { String(cString: $0) } ?? "giflib's error \(code)"
}

private func appendToSink(
  _ file: UnsafeMutablePointer<GifFileType>?, _ bytes: UnsafePointer<GifByteType>?, _ count: Int32
) -> Int32 {
  guard let sink = file?.pointee.UserData, count >= 0 else { return 0 }
  sink.assumingMemoryBound(to: [UInt8].self).pointee.append(
    contentsOf: UnsafeBufferPointer(start: bytes, count: Int(count)))
  return count
}
