extension Image {
  /// Writes `text` into the image, in all channels alike; what lies outside is left out.
  ///
  /// - Parameters:
  ///   - text: ASCII is drawn as it is, a newline begins a line, any other character is a box.
  ///   - origin: The left and upper corner of the first letter.
  ///   - scale: The side of a dot in pixels.
  ///   - value: The value of a dot, white when none is given.
  /// - Precondition: `scale` is positive.
  public mutating func draw(
    _ text: String, at origin: (x: Int, y: Int), scale: Int = 1, value: UInt8 = 255
  ) {
    precondition(scale > 0, "a dot has at least one pixel")
    var (left, top) = origin
    for character in text {
      if character.isNewline {
        left = origin.x
        top += BitmapFont.lineHeight * scale
        continue
      }
      for y in 0..<BitmapFont.letterHeight {
        for x in 0..<BitmapFont.letterWidth
        where BitmapFont.isSet(character, x: x, y: y) {
          fill(
            x: left + x * scale, y: top + y * scale, width: scale, height: scale, value: value)
        }
      }
      left += BitmapFont.advance * scale
    }
  }

  /// Sets a rectangle to one value, as far as it lies inside.
  private mutating func fill(x: Int, y: Int, width: Int, height: Int, value: UInt8) {
    let columns = max(0, x)..<max(0, x, min(self.width, x + width))
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in columns {
        for channel in 0..<channels { self[x: column, y: row, channel: channel] = value }
      }
    }
  }
}
