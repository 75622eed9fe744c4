import JointVAEFiles

extension Animation {
  /// The animation as a GIF file, the same bytes every time.
  ///
  /// Gray images keep all of their 256 values exactly. Colored ones keep theirs when all frames
  /// together have at most 256; otherwise `Palette.best` chooses 256 for all frames, and the
  /// error of each pixel is spread over its neighbors. Gray images among colored ones count as
  /// colored. Each frame stores only the rectangle in which it differs from the one before, and in
  /// it, where that is shorter, only the pixels that differ.
  /// - Throws: `ImageError` when there are no frames, their sizes differ or exceed 65,535 pixels a
  ///   side, or a delay is outside of 0...65535.
  public func gifBytes() throws -> [UInt8] {
    let (width, height) = try checkedSize()
    let indexed =
      frames.contains { $0.image.channels > 2 }
      ? IndexedFrames(colored: frames.map(\.image.rgb))
      : IndexedFrames(gray: frames.map(\.image))
    var bytes: [UInt8] = []
    try GIFEncoder.encode(to: &bytes) { encoder in
      try encoder.begin(
        width: width, height: height, palette: indexed.palette, isEndless: isEndless)
      var previous: [UInt8]?
      for (frame, indices) in zip(frames, indexed.indices) {
        let patch = try indexed.shortestPatch(from: previous, to: indices, width: width)
        try encoder.append(patch, delay: frame.delay)
        previous = indices
      }
    }
    return bytes
  }

  /// Writes the animation as a GIF file to `path`, whole or not at all.
  /// - Throws: `ImageError` as `gifBytes()` does; `FileError` when the file cannot be written.
  public func writeGIF(to path: String) throws {
    try AtomicFile.write(gifBytes(), to: path)
  }

  private func checkedSize() throws -> (width: Int, height: Int) {
    guard let first = frames.first?.image else {
      throw ImageError("an animation needs at least one frame")
    }
    guard first.width <= 65_535 && first.height <= 65_535 else {
      throw ImageError(
        "a GIF of \(first.width) x \(first.height) pixels cannot be written; expected at most "
          + "65535 a side")
    }
    for (index, frame) in frames.enumerated() {
      guard frame.image.width == first.width && frame.image.height == first.height else {
        throw ImageError(
          "frame \(index + 1) of an animation has \(frame.image.width) x \(frame.image.height) "
            + "pixels; expected \(first.width) x \(first.height), as the first has")
      }
      guard (0...65_535).contains(frame.delay) else {
        throw ImageError(
          "frame \(index + 1) of an animation stays for \(frame.delay) hundredths of a second; "
            + "expected 0 to 65535")
      }
    }
    return (first.width, first.height)
  }
}
