extension Image {
  /// The image with every pixel made a square of `scale` by `scale` (nearest neighbor).
  ///
  /// - Precondition: `scale` is positive.
  public func enlarged(by scale: Int) -> Image {
    precondition(scale > 0, "an image keeps at least its size")
    var result = Image(width: width * scale, height: height * scale, channels: channels)
    result.paste(self, x: 0, y: 0, scale: scale)
    return result
  }

  /// Covers the rectangle whose corner is (`x`, `y`) with `image`, enlarged by `scale`.
  ///
  /// - Precondition: it lies inside, and both images have as many channels.
  package mutating func paste(_ image: Image, x: Int, y: Int, scale: Int) {
    precondition(
      x >= 0 && y >= 0 && x + image.width * scale <= width && y + image.height * scale <= height
        && image.channels == channels, "the image does not fit")
    let rowLength = self.rowLength
    let length = image.rowLength * scale
    let channels = self.channels
    withUnsafeMutablePixels { target in
      for row in 0..<image.height {
        let start = (y + row * scale) * rowLength + x * channels
        let source = image.pixels[row * image.rowLength..<(row + 1) * image.rowLength]
        for (index, value) in source.enumerated() {
          let left = start + index / channels * scale * channels + index % channels
          for step in 0..<scale { target[left + step * channels] = value }
        }
        for copy in 1..<max(1, scale) {
          for index in 0..<length {
            target[start + copy * rowLength + index] = target[start + index]
          }
        }
      }
    }
  }
}
