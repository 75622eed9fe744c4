/// Pictures side by side, each under a title, in rows of as many as there is room for.
///
/// All places have the size of the largest picture. A title that is too long for its place is cut.
package struct TitledPictures {
  /// A picture and what stands above it.
  package struct Block {
    package var title: String
    package var picture: Image

    package init(title: String, picture: Image) {
      self.title = title
      self.picture = picture
    }
  }

  /// Pictures in a row.
  package var columns: Int
  /// The side of a dot of a title's letters, in pixels.
  package var letterScale: Int

  /// Pixels between pictures.
  package static let gap = 8
  /// Pictures beyond this many pixels are taken for a mistake in a setting.
  private static let maximumPixelCount = 1 << 26

  package init(columns: Int, letterScale: Int = 1) {
    self.columns = columns
    self.letterScale = letterScale
  }

  /// Pixels of a title with the room around it.
  package var titleHeight: Int { (BitmapFont.letterHeight + 4) * letterScale }

  /// One picture of `blocks`, row by row, white letters on black: gray when all of them are, RGB otherwise.
  ///
  /// - Throws: `ImageError` when there are none, a setting is out of range, or the picture would be too large.
  package func picture(of blocks: [Block]) throws -> Image {
    guard !blocks.isEmpty, columns > 0, (1...64).contains(letterScale) else {
      throw ImageError("there are no pictures to put side by side")
    }
    let width = blocks.map(\.picture.width).max() ?? 0
    let height = blocks.map(\.picture.height).max() ?? 0
    let across = min(columns, blocks.count)
    let down = (blocks.count + across - 1) / across
    let size = (
      width: across * (width + Self.gap) - Self.gap,
      height: down * (titleHeight + height + Self.gap) - Self.gap
    )
    let (count, overflow) = size.width.multipliedReportingOverflow(by: size.height)
    guard !overflow, count <= Self.maximumPixelCount else {
      throw ImageError(
        "\(blocks.count) pictures side by side would have \(size.width) x \(size.height) pixels; use a smaller "
          + "scale or fewer pictures")
    }
    let channels = blocks.contains { $0.picture.channels > 2 } ? 3 : 1
    var result = Image(width: size.width, height: size.height, channels: channels)
    let room = width / (BitmapFont.advance * letterScale)
    for (index, block) in blocks.enumerated() {
      let x = index % across * (width + Self.gap)
      let y = index / across * (titleHeight + height + Self.gap)
      result.draw(
        String(block.title.prefix(room)), at: (x + 2 * letterScale, y + 2 * letterScale),
        scale: letterScale)
      result.paste(
        channels == 3 ? block.picture.rgb : block.picture.gray, x: x, y: y + titleHeight, scale: 1)
    }
    return result
  }
}
