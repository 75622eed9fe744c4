import JointVAEImages

extension Image {
  /// A grid of some of this grid's rows, in the order of `rows`; this one has `count` rows, 2 pixels between them.
  package func keepingGridRows(_ rows: [Int], of count: Int) throws -> Image {
    let strip = (height - 2) / count
    guard strip * count + 2 == height, rows.allSatisfy((0..<count).contains) else {
      throw ImageError("a frame of \(height) rows of pixels has no \(count) rows of images")
    }
    let rowLength = width * channels
    var kept = Array(pixels[..<(2 * rowLength)])
    for row in rows {
      let start = 2 + row * strip
      kept += pixels[start * rowLength..<(start + strip) * rowLength]
    }
    return Image(
      width: width, height: rows.count * strip + 2, channels: channels, pixels: kept)
  }
}
