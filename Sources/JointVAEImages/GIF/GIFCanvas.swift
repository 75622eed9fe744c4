import CGIF

/// What is to be seen of a GIF while its frames are drawn over each other (GIF89a, section 23).
struct GIFCanvas {
  /// The picture, RGB.
  private(set) var image: Image
  /// Whether no color but grays has been seen in a palette.
  private(set) var isGray = true

  private let background: UInt8
  private var saved: Image?

  init(width: Int, height: Int, background: UInt8) {
    image = Image(width: width, height: height, channels: 3, value: background)
    self.background = background
  }

  /// To be called before a frame is drawn.
  mutating func prepare(_ palette: [Color], _ disposal: Int32) {
    isGray = isGray && palette.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
    saved = disposal == DISPOSE_PREVIOUS ? image : nil
  }

  /// Draws a line that begins at (`x`, `y`), as far as it lies on the canvas.
  /// - Returns: Whether all of its numbers are in the palette.
  mutating func draw(
    _ line: [UInt8], _ palette: [Color], _ transparent: Int, x: Int, y: Int
  ) -> Bool {
    guard line.allSatisfy({ Int($0) < palette.count || Int($0) == transparent }) else {
      return false
    }
    guard y < image.height && x < image.width else { return true }
    let start = 3 * (y * image.width + x)
    let count = min(line.count, image.width - x)
    image.withUnsafeMutablePixels { pixels in
      for index in 0..<count where Int(line[index]) != transparent {
        let color = palette[Int(line[index])]
        pixels[start + 3 * index] = color.red
        pixels[start + 3 * index + 1] = color.green
        pixels[start + 3 * index + 2] = color.blue
      }
    }
    return true
  }

  /// To be called after a frame has been shown.
  mutating func dispose(_ area: PixelRectangle, _ disposal: Int32) {
    if let saved {
      image = saved
    } else if disposal == DISPOSE_BACKGROUND {
      let line = [UInt8](repeating: 0, count: area.width)
      let color = Color(red: background, green: background, blue: background)
      for row in 0..<area.height {
        _ = draw(line, [color], -1, x: area.x, y: area.y + row)
      }
    }
  }
}
