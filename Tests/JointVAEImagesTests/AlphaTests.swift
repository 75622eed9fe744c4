import JointVAEImages
import Testing

@Suite("Images keep their alpha where it is wanted")
struct AlphaTests {
  /// 2 x 2: opaque red, half green, transparent blue, opaque white.
  private let small = Image(
    width: 2, height: 2, channels: 4,
    pixels: [255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 255, 255, 255, 255])

  @Test("composed on a gray, it is what decoding on that gray gives", arguments: [0, 255])
  func composed(background: Int) throws {
    let png = try small.pngBytes()
    let kept = try Image(keepingAlphaOf: png, name: "small.png")
    #expect(kept == small)
    let decoded = try Image(png: png, name: "small.png", background: UInt8(background))
    #expect(kept.composed(on: UInt8(background)) == decoded)
    #expect(decoded.channels == 3)
    let rest = UInt8((127 * background + 127) / 255)
    #expect(Array(decoded.pixels[3..<6]) == [rest, 128 + rest, rest])
  }

  @Test("gray and alpha are written and read, and opaque images get alpha")
  func otherChannels() throws {
    let gray = Image(width: 2, height: 1, channels: 2, pixels: [10, 255, 200, 100])
    let read = try Image(keepingAlphaOf: gray.pngBytes(), name: "gray.png")
    #expect(read.pixels == [10, 10, 10, 255, 200, 200, 200, 100])
    let opaque = Image(width: 1, height: 1, channels: 3, pixels: [1, 2, 3])
    #expect(try Image(keepingAlphaOf: opaque.pngBytes(), name: "rgb.png").pixels == [1, 2, 3, 255])
    #expect(gray.rgb.channels == 3 && small.gray.channels == 1)
    #expect(small.rgb.pixels.suffix(6) == [255, 255, 255, 255, 255, 255])
  }

  @Test("what is transparent lends no color to its neighbors when it is resized")
  func resized() {
    // Opaque green beside transparent red.
    let image = Image(
      width: 2, height: 1, channels: 4, pixels: [0, 200, 0, 255, 255, 0, 0, 0])
    let large = image.resized(width: 8, height: 2)
    for start in stride(from: 0, to: large.pixels.count, by: 4) where large.pixels[start + 3] > 0 {
      #expect(large.pixels[start] == 0 && abs(Int(large.pixels[start + 1]) - 200) < 10)
    }
    #expect(large.pixels[3] == 255 && large.pixels[31] == 0)
    // One without alpha is what it was.
    let rgb = Image(width: 2, height: 1, channels: 3, pixels: [0, 200, 0, 255, 0, 0])
    #expect(rgb.resized(width: 2, height: 1) == rgb)
  }

  @Test("grids show it over white")
  func grid() throws {
    let picture = try ImageGrid(columns: 1, padding: 0).picture(of: [small])
    #expect(picture.channels == 3 && picture.pixels == small.composed().pixels)
  }
}
