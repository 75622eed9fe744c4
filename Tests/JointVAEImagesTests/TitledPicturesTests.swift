import JointVAEImages
import Testing

@Suite("Pictures side by side") struct TitledPicturesTests {
  private func block(
    _ title: String, _ width: Int, _ height: Int, _ value: UInt8, _ channels: Int = 1
  )
    -> TitledPictures.Block
  {
    TitledPictures.Block(
      title: title,
      picture: Image(width: width, height: height, channels: channels, value: value))
  }

  @Test("Each stands under its title, in a place of the largest one's size")
  func layout() throws {
    let layout = TitledPictures(columns: 2)
    let picture = try layout.picture(
      of: [block("one", 40, 10, 50), block("two", 30, 20, 60), block("three", 40, 20, 70)])
    let (gap, title) = (TitledPictures.gap, layout.titleHeight)
    #expect(picture.width == 2 * 40 + gap && picture.height == 2 * (title + 20) + gap)
    #expect(picture.channels == 1)
    let rows = [title, title, 2 * title + 20 + gap]
    for (index, value) in [UInt8(50), 60, 70].enumerated() {
      let x = index % 2 * (40 + gap)
      #expect(picture[x: x, y: rows[index], channel: 0] == value)
      // Nothing of it stands above its place, but the letters of its title, which are white.
      let above = (x..<x + 40).flatMap { column in
        (rows[index] - title..<rows[index]).map { picture[x: column, y: $0, channel: 0] }
      }
      #expect(Set(above) == [0, 255])
    }
    // The smaller pictures leave the rest of their places black.
    #expect(picture[x: 0, y: title + 15, channel: 0] == 0)
    #expect(picture[x: 40 + gap + 35, y: title, channel: 0] == 0)
    // Between the columns there is nothing.
    for x in 40..<40 + gap {
      #expect((0..<picture.height).allSatisfy { picture[x: x, y: $0, channel: 0] == 0 })
    }
  }

  @Test("One picture in color makes all of it so, long titles are cut, and nothing cannot be drawn")
  func limits() throws {
    let color = try TitledPictures(columns: 4, letterScale: 2).picture(
      of: [block("gray", 30, 5, 9), block("color", 30, 5, 8, 3)])
    #expect(color.channels == 3 && color.width == 60 + TitledPictures.gap)
    let long = try TitledPictures(columns: 1).picture(
      of: [block(String(repeating: "M", count: 99), 30, 5, 9)])
    #expect(long.width == 30)
    #expect(throws: ImageError.self) { try TitledPictures(columns: 1).picture(of: []) }
    #expect(throws: ImageError.self) {
      try TitledPictures(columns: 0).picture(of: [block("a", 3, 3, 0)])
    }
  }
}
