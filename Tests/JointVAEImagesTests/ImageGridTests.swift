import JointVAEImages
import Testing

@Suite("Grids lay images out as torchvision's make_grid does")
struct ImageGridTests {
  @Test("two pixels around every image; the last row may be short")
  func geometry() throws {
    let images = (1...5).map { Image(width: 3, height: 2, value: UInt8($0)) }
    let picture = try ImageGrid(columns: 3).picture(of: images)
    #expect(picture.width == 3 * (3 + 2) + 2 && picture.height == 2 * (2 + 2) + 2)
    #expect(picture.channels == 1)
    let empty = "00000000000000000"
    let rows = [
      empty, empty, "00111002220033300", "00111002220033300", empty, empty,
      "00444005550000000", "00444005550000000", empty, empty,
    ]
    #expect(picture.pixels.map { String($0) }.joined() == rows.joined())
  }

  @Test("fewer images than columns make a narrower grid")
  func narrow() throws {
    let picture = try ImageGrid(columns: 8).picture(
      of: [Image](repeating: Image(width: 4, height: 4, value: 9), count: 2))
    #expect(picture.width == 2 * 6 + 2 && picture.height == 8)
    let one = try ImageGrid(columns: 1).picture(of: [Image(width: 4, height: 4, value: 9)])
    #expect(one.width == 8 && one.height == 8)
  }

  @Test("scale enlarges the whole grid; padding and background are settings")
  func settings() throws {
    let images = (0..<4).map { Image.noise(width: 5, height: 4, channels: 3, seed: $0) }
    let plain = try ImageGrid(columns: 2, padding: 1, background: 7).picture(of: images)
    #expect(plain.width == 13 && plain.height == 11)
    #expect(plain.pixels[..<3] == [7, 7, 7])
    let large = try ImageGrid(columns: 2, padding: 1, background: 7, scale: 3).picture(of: images)
    #expect(large == plain.enlarged(by: 3))
    let bare = try ImageGrid(columns: 1, padding: 0).picture(of: Array(images[..<1]))
    #expect(bare == images[0])
  }

  @Test("gray images among colored ones become RGB")
  func mixed() throws {
    let gray = Image.noise(width: 3, height: 3, channels: 1, seed: 1)
    let color = Image.noise(width: 3, height: 3, channels: 3, seed: 2)
    let grid = ImageGrid(columns: 2)
    #expect(try grid.picture(of: [gray, color]) == grid.picture(of: [gray.rgb, color]))
    #expect(try grid.picture(of: [gray, gray]).channels == 1)
  }

  @Test("labels stand in a margin at the left and above, and leave the grid as it is")
  func labels() throws {
    let images = (0..<6).map { Image.noise(width: 16, height: 16, channels: 1, seed: $0) }
    let plain = try ImageGrid(columns: 3).picture(of: images)
    let labeled = try ImageGrid(
      columns: 3, rowLabels: ["z3 KL 1.21", "c0"], columnLabels: ["0", "1"]
    ).picture(of: images)
    let (left, top) = (59 + 4, 9 + 2)
    #expect(labeled.width == plain.width + left && labeled.height == plain.height + top)
    for y in 0..<plain.height {
      for x in 0..<plain.width {
        #expect(
          labeled[x: left + x, y: top + y, channel: 0] == plain[x: x, y: y, channel: 0])
      }
    }
    // The first row's label, at half the height of its image.
    var expected = Image(width: left, height: 9)
    expected.draw("z3 KL 1.21", at: (2, 0))
    for y in 0..<9 {
      for x in 0..<left {
        #expect(
          labeled[x: x, y: top + 2 + 4 + y, channel: 0] == expected[x: x, y: y, channel: 0])
      }
    }
  }

  @Test("labels are black on a light background, and grow with the images")
  func labelStyle() throws {
    let image = Image(width: 32, height: 32, value: 128)
    let light = try ImageGrid(columns: 1, background: 255, rowLabels: ["x"]).picture(of: [image])
    #expect(light.pixels.contains(0))
    let large = try ImageGrid(columns: 1, scale: 4, rowLabels: ["x"]).picture(of: [image])
    #expect(large.width == 36 * 4 + (5 + 4) * 2)
  }

  @Test("a label too long for its column is cut; empty labels take no room")
  func longLabels() throws {
    let images = [Image](repeating: Image(width: 16, height: 16), count: 2)
    let cut = try ImageGrid(columns: 2, columnLabels: ["triangle"]).picture(of: images)
    let whole = try ImageGrid(columns: 2, columnLabels: ["tri"]).picture(of: images)
    #expect(cut == whole)
    // Where letters may be larger, they become smaller before they are cut.
    let fitted = try ImageGrid(columns: 2, scale: 4, columnLabels: ["triangles"]).picture(
      of: images)
    #expect(fitted.height == (16 + 4) * 4 + 9 + 2)
    let plain = try ImageGrid(columns: 2).picture(of: images)
    let none = ImageGrid(columns: 2, rowLabels: [""], columnLabels: ["", ""])
    #expect(try none.picture(of: images) == plain)
  }

  @Test("what cannot be laid out is an error that says why")
  func errors() throws {
    let image = Image(width: 4, height: 4)
    func problem(_ grid: ImageGrid, _ images: [Image]) -> String? {
      #expect(throws: ImageError.self) { try grid.picture(of: images) }?.description
    }
    #expect(problem(ImageGrid(columns: 2), []) == "a grid needs at least one image")
    #expect(
      problem(ImageGrid(columns: 2), [image, Image(width: 5, height: 4)])
        == "image 2 of a grid has 5 x 4 pixels; expected 4 x 4, as the first has")
    for (columns, padding, scale) in [
      (0, 2, 1), (-1, 2, 1), (1, -1, 1), (1, 2, 0), (1, 2, Int.max), (Int.max, 2, 1),
      (1, Int.max, 1),
    ] {
      let grid = ImageGrid(columns: columns, padding: padding, scale: scale)
      #expect(problem(grid, [image])?.contains("cannot be drawn; expected") == true)
    }
    let labels = ImageGrid(columns: 1, rowLabels: ["a", "b"])
    #expect(problem(labels, [image])?.contains("2 row labels") == true)
    let large = ImageGrid(columns: 1, scale: 1024)
    #expect(
      problem(large, [Image(width: 100, height: 100)])?.contains("use a smaller scale") == true)
  }
}
