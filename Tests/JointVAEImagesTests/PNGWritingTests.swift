import Foundation
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("PNG files that we write hold the image's values")
struct PNGWritingTests {
  @Test("8 bits, gray or RGB, read back unchanged", arguments: [1, 3])
  func roundTrip(channels: Int) throws {
    for (width, height) in [(1, 1), (3, 1), (1, 4), (37, 21), (300, 200)] {
      let image = Image.noise(width: width, height: height, channels: channels, seed: 4)
      let bytes = try image.pngBytes()
      #expect(try Image(png: bytes, name: "x") == image)
      // Signature, header's length and name, sizes, 8 bits, color type, no interlacing.
      let sizes = [width >> 8, width & 255, 0, 0, height >> 8, height & 255].map { UInt8($0) }
      let header: [UInt8] =
        [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0] + sizes
        + [8, channels == 1 ? 0 : 2, 0, 0, 0]
      #expect(Array(bytes[..<29]) == header)
    }
  }

  @Test("the same image gives the same bytes")
  func deterministic() throws {
    let image = Image.noise(width: 50, height: 50, channels: 3, seed: 5)
    #expect(try image.pngBytes() == image.pngBytes())
  }

  @Test(
    "Pillow reads the same values",
    .enabled(if: Pillow.isAvailable, "needs python3 with Pillow"), arguments: [1, 3])
  func pillow(channels: Int) throws {
    try withTemporaryFolder { folder in
      let image = Image.noise(width: 31, height: 17, channels: channels, seed: 6)
      try image.writePNG(to: "\(folder)/x.png")
      let script = """
        import sys
        from PIL import Image
        image = Image.open(sys.argv[1])
        print(image.mode, *image.size, image.tobytes().hex())
        """
      let hex = image.pixels.map { String(format: "%02x", $0) }.joined()
      let expected = "\(channels == 1 ? "L" : "RGB") 31 17 \(hex)\n"
      #expect(try Pillow.run(script, "\(folder)/x.png") == expected)
    }
  }

  @Test("a size that libpng refuses is an error")
  func tooWide() {
    #expect(throws: ImageError.self) { try Image(width: 1_000_001, height: 1).pngBytes() }
  }

  @Test("a folder that is not there, or a file that may not be written, leaves nothing behind")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let image = Image(width: 2, height: 2)
      let error = #expect(throws: FileError.self) { try image.writePNG(to: "\(folder)/no/x.png") }
      #expect(error?.problem == "cannot be written: No such file or directory")
      try FileManager.default.createDirectory(
        atPath: "\(folder)/x.png", withIntermediateDirectories: false)
      #expect(throws: FileError.self) { try image.writePNG(to: "\(folder)/x.png") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["x.png"])
    }
  }
}
