import JointVAEFiles
import JointVAE

/// A number of images to draw, known to be possible before anything is drawn.
struct GeneratedPixels {
  /// How many.
  let count: Int
  /// The shape of each: `[y, x, channel]`.
  let imageShape: ImageShape
  /// The bytes of all of them.
  private let byteCount: Int

  /// - Parameters:
  ///   - size: height and width, from 8 to 256 pixels.
  ///   - channels: values of a pixel.
  ///   - available: how many different images there are.
  /// - Throws: `ConfigurationError` for another size, a count below 1 or above `available`, or one
  ///   that does not fit this machine's memory.
  init(count: Int, size: ImageSize, channels: Int = 1, available: Int? = nil) throws {
    imageShape = ImageShape(size: size, channels: channels)
    try imageShape.validate()
    let fitting = DataLimits.byteCount(count, imageShape.valueCount)
    guard count > 0, count <= available ?? count, let fitting else {
      let most = available.map { "at least 1, at most the \($0) there are," } ?? "at least 1,"
      throw ConfigurationError(
        "number of images", "\(count)", expected: "\(most) and no more than fit in memory")
    }
    self.count = count
    byteCount = fitting
  }

  /// The pixels of all images: `[image, y, x, channel]`, 0 black to 255 white.
  ///
  /// - Parameters:
  ///   - threads: nil for one a core.
  ///   - pen: makes a function that writes every pixel of the image of a number, a square of the images' shorter side. Every
  ///     piece of work has one of its own.
  func drawn(
    threads: Int?, by pen: @Sendable () -> (_ index: Int, UnsafeMutableBufferPointer<UInt8>) -> Void
  ) throws -> [UInt8] {
    try [UInt8](filling: byteCount) { buffer, initialized in
      // Unsafe, as the compiler cannot see that every block draws its own images.
      nonisolated(unsafe) let images = buffer
      let length = imageShape.valueCount
      let perBlock = 256
      try ParallelLoop.run(count: (count - 1) / perBlock + 1, threads: threads) { block in
        let draw = pen()
        for index in block * perBlock..<min(count, (block + 1) * perBlock) {
          let image = UnsafeMutableBufferPointer(
            rebasing: images[index * length..<(index + 1) * length])
          if imageShape.size.isSquare {
            draw(index, image)
          } else {
            drawInMiddle(of: image) { draw(index, $0) }
          }
        }
      }
      initialized = byteCount
    }
  }

  /// Draws a square in the middle of an image that is none. The rest has the color of its upper left corner.
  private func drawInMiddle(
    of image: UnsafeMutableBufferPointer<UInt8>, _ draw: (UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    let (height, width) = (imageShape.height, imageShape.width)
    let side = min(height, width)
    let channels = imageShape.channels
    let row = side * channels
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: side * row) { square in
      draw(square)
      for i in image.indices { image[i] = square[i % channels] }
      for y in 0..<side {
        let start = (((height - side) / 2 + y) * width + (width - side) / 2) * channels
        for i in 0..<row { image[start + i] = square[y * row + i] }
      }
    }
  }
}
