import JointVAEImages
import Testing

@Suite("Images hold 8-bit values")
struct ImageTests {
  @Test("values between 0 and 1 become the nearest byte, halves upwards, the rest clamped")
  func rounding() {
    let values: [Float] = [
      0, 1, 0.5, 0.499 / 255, 0.5 / 255, 1.49 / 255, 254.4 / 255, 254.6 / 255, -3, 7, .nan,
      .infinity, -.infinity,
    ]
    let image = Image(width: values.count, height: 1, channels: 1, values: values)
    #expect(image.pixels == [0, 255, 128, 0, 1, 1, 254, 255, 0, 255, 0, 255, 0])
    let slice = Image(width: 1, height: 1, channels: 3, values: values[1..<4])
    #expect(slice.pixels == [255, 128, 0])
  }

  @Test("every byte survives the way to a value and back")
  func bytes() {
    let bytes = (0...255).map { UInt8($0) }
    let image = Image(width: 16, height: 16, channels: 1, values: bytes.map { Float($0) / 255 })
    #expect(image.pixels == bytes)
  }

  @Test("pixels lie row by row, channels innermost")
  func layout() {
    var image = Image(width: 2, height: 2, channels: 3, pixels: (0..<12).map { UInt8($0) })
    #expect(image[x: 1, y: 0, channel: 2] == 5)
    #expect(image[x: 0, y: 1, channel: 0] == 6)
    image[x: 0, y: 1, channel: 0] = 99
    #expect(image.pixels[6] == 99)
    image.withUnsafeMutablePixels { $0[0] = 77 }
    #expect(image[x: 0, y: 0, channel: 0] == 77)
  }

  @Test("gray to RGB and back changes nothing; RGB to gray is the luma of BT.601")
  func channels() {
    let gray = Image.noise(width: 16, height: 16, channels: 1, seed: 7)
    #expect(gray.rgb.gray == gray && gray.gray == gray)
    #expect(gray.rgb.pixels[30..<33].allSatisfy { $0 == gray.pixels[10] })
    let colors = Image(
      width: 4, height: 1, channels: 3, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 10, 200, 30])
    // 76.245, 149.685, 29.07 and 123.81, rounded.
    #expect(colors.gray.pixels == [76, 150, 29, 124])
    #expect(colors.rgb == colors)
  }

  @Test(
    "RGB to gray equals Pillow's convert", .enabled(if: Pillow.isAvailable, "needs Pillow"))
  func pillowGray() throws {
    try withTemporaryFolder { folder in
      let colors = Image.noise(width: 64, height: 64, channels: 3, seed: 8)
      try colors.writePNG(to: "\(folder)/x.png")
      let script = """
        import sys
        from PIL import Image
        print(*Image.open(sys.argv[1]).convert("L").tobytes())
        """
      let printed = try Pillow.run(script, "\(folder)/x.png").split(whereSeparator: \.isWhitespace)
      #expect(printed.compactMap { UInt8($0) } == colors.gray.pixels)
    }
  }

  @Test("enlarging makes squares of pixels", arguments: [1, 3])
  func enlarging(channels: Int) {
    let image = Image.noise(width: 5, height: 3, channels: channels, seed: 9)
    let large = image.enlarged(by: 4)
    #expect(large.width == 20 && large.height == 12 && large.channels == channels)
    for y in 0..<12 {
      for x in 0..<20 {
        for channel in 0..<channels {
          #expect(
            large[x: x, y: y, channel: channel] == image[x: x / 4, y: y / 4, channel: channel])
        }
      }
    }
    #expect(image.enlarged(by: 1) == image)
  }
}
