import Foundation
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("GIF files that we write")
struct GIFWritingTests {
  /// A gray ramp of all 256 values that moves.
  private static func ramp(_ step: Int) -> Image {
    Image(
      width: 32, height: 16, channels: 1,
      pixels: (0..<512).map { UInt8(truncatingIfNeeded: $0 + 3 * step) })
  }

  /// Smooth colors, far more than 256 of them, that change at the right half only.
  private static func shades(_ step: Int) -> Image {
    var image = Image(width: 96, height: 64, channels: 3)
    for y in 0..<64 {
      for x in 0..<96 {
        let moved = x < 48 ? x : x + 2 * step
        image[x: x, y: y, channel: 0] = UInt8(60 + moved)
        image[x: x, y: y, channel: 1] = UInt8(40 + 2 * y)
        image[x: x, y: y, channel: 2] = UInt8(200 - (moved + y) / 2)
      }
    }
    return image
  }

  @Test("the file of two small frames is known to the byte")
  func knownBytes() throws {
    let colors = Image(width: 2, height: 1, channels: 3, pixels: [255, 0, 0, 0, 0, 255])
    var second = colors
    second[x: 1, y: 0, channel: 0] = 255
    second[x: 1, y: 0, channel: 2] = 0
    let expected: [UInt8] =
      Array("GIF89a".utf8) + [2, 0, 1, 0, 0x80, 0, 0]
      // The palette: blue, red.
      + [0, 0, 255, 255, 0, 0]
      // Without end.
      + [0x21, 0xFF, 11] + Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
      // Leave in place, 9 hundredths; all; codes 4 (clear), 1, 0, 5 (end), three bits each.
      + [0x21, 0xF9, 4, 4, 9, 0, 0, 0, 0x2C, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, 0x0C, 0x0A, 0]
      // One pixel at (1, 0): codes 4, 1, 5.
      + [0x21, 0xF9, 4, 4, 9, 0, 0, 0, 0x2C, 1, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 0x01, 0]
      + [0x3B]
    #expect(try Animation([colors, second], delay: 9).gifBytes() == expected)
  }

  @Test("gray frames keep all 256 values, whatever changes between them")
  func exactGrays() throws {
    var frames = (0..<6).map { Self.ramp($0) }
    frames.insert(frames[0], at: 1)
    frames.append(Image(width: 32, height: 16, value: 255))
    frames.append(Image.noise(width: 32, height: 16, channels: 1, seed: 3))
    var changed = frames[8]
    changed[x: 20, y: 7, channel: 0] ^= 255
    frames.append(changed)
    let animation = Animation(frames, delay: 12)
    let read = try Animation(gif: animation.gifBytes(), name: "x")
    #expect(read == animation)
    #expect(read.frames.allSatisfy { $0.image.channels == 1 })
  }

  @Test("frames, delays and the wish to loop come back")
  func timing() throws {
    for isEndless in [true, false] {
      let animation = Animation(
        frames: [0, 1, 2, 500, 65_535].map {
          Animation.Frame(image: Self.ramp($0), delay: $0)
        }, isEndless: isEndless)
      #expect(try Animation(gif: animation.gifBytes(), name: "x") == animation)
    }
  }

  @Test("up to 256 colors are exact", arguments: [1, 2, 3, 17, 255, 256])
  func fewColors(count: Int) throws {
    let palette = (0..<count).map { index -> [UInt8] in
      let red = UInt8(index)
      return [red, 255 - red, red &* 7]
    }
    let frames: [Image] = (1...3).map { step in
      let pixels = (0..<400).flatMap { palette[$0 * step % count] }
      return Image(width: 20, height: 20, channels: 3, pixels: pixels)
    }
    let animation = Animation(frames, delay: 5)
    let read = try Animation(gif: animation.gifBytes(), name: "x")
    #expect(read.frames.map(\.image.rgb) == frames)
  }

  @Test("more colors come near: shades stay smooth, and what does not move does not change")
  func manyColors() throws {
    let frames = (0..<5).map { Self.shades($0) }
    let read = try Animation(gif: Animation(frames, delay: 5).gifBytes(), name: "x")
    #expect(read.frames.count == 5)
    for (frame, original) in zip(read.frames, frames) {
      #expect(frame.image.channels == 3)
      // Means over squares of 8 pixels, as the eye takes them from afar.
      for y in stride(from: 0, to: 64, by: 8) {
        for x in stride(from: 0, to: 96, by: 8) {
          for channel in 0..<3 {
            var difference = 0
            for index in 0..<64 {
              let (column, row) = (x + index % 8, y + index / 8)
              difference += Int(frame.image[x: column, y: row, channel: channel])
              difference -= Int(original[x: column, y: row, channel: channel])
            }
            #expect(abs(difference) <= 64 * 3, "\(x), \(y), \(channel)")
          }
        }
      }
      let worst = zip(frame.image.pixels, original.pixels).map { abs(Int($0) - Int($1)) }.max()
      #expect((worst ?? 255) < 32)
      for y in 0..<64 {
        for value in 0..<3 * 48 {
          let index = y * 96 * 3 + value
          #expect(frame.image.pixels[index] == read.frames[0].image.pixels[index])
        }
      }
    }
  }

  @Test("black and white stay exact among colors that are nearly so")
  func blackAndWhite() throws {
    var image = Image(width: 96, height: 64, channels: 3)
    for y in 0..<64 {
      for x in 0..<96 {
        let level = x < 48 ? x / 4 + 1 : 254 - (x - 48) / 4
        for channel in 0..<3 {
          image[x: x, y: y, channel: channel] = UInt8(level)
        }
        image[x: x, y: y, channel: 1] = UInt8(x < 48 ? 4 * y : 255 - 4 * y)
      }
    }
    image.draw("abc", at: (4, 4))
    image.draw("def", at: (52, 4), value: 0)
    image.draw("ghi", at: (4, 20), value: 0)
    image.draw("jkl", at: (52, 20))
    // Other colors in plenty, so that none is left over for these by chance.
    let colors = (1...4).map { Image.noise(width: 96, height: 64, channels: 3, seed: $0) }
    let read = try Animation(
      gif: Animation([image] + colors, delay: 0).gifBytes(), name: "x")
    for index in stride(from: 0, to: image.pixels.count, by: 3) {
      let original = image.pixels[index..<index + 3]
      if original.allSatisfy({ $0 == 0 }) || original.allSatisfy({ $0 == 255 }) {
        #expect(read.frames[0].image.pixels[index..<index + 3] == original)
      }
    }
  }

  @Test("gray frames among colored ones keep their place")
  func mixed() throws {
    let gray = Image(width: 4, height: 4, value: 90)
    let red = Image(
      width: 4, height: 4, channels: 3, pixels: (0..<48).map { $0 % 3 == 0 ? 200 : 0 })
    let read = try Animation(gif: Animation([gray, red, gray], delay: 1).gifBytes(), name: "x")
    #expect(read.frames.map(\.image) == [gray.rgb, red, gray.rgb])
  }

  @Test("the same frames give the same bytes; what does not change costs next to nothing")
  func size() throws {
    let frames = (0..<3).map { Self.shades($0) }
    let animation = Animation(frames, delay: 5)
    let bytes = try animation.gifBytes()
    #expect(try animation.gifBytes() == bytes)
    let noise = Image.noise(width: 64, height: 64, channels: 1, seed: 5)
    let one = try Animation([noise], delay: 5).gifBytes().count
    let ten = try Animation([Image](repeating: noise, count: 10), delay: 5).gifBytes().count
    #expect(ten < one + 9 * 30)
    // A frame that changes in its corners: transparent between them.
    var corners = noise
    corners[x: 0, y: 0, channel: 0] ^= 1
    corners[x: 63, y: 63, channel: 0] ^= 1
    let two = try Animation([noise, corners], delay: 5).gifBytes().count
    #expect(two < one + 200)
  }

  @Test("what cannot be written is an error that says why")
  func errors() throws {
    func problem(_ animation: Animation) -> String? {
      #expect(throws: ImageError.self) { try animation.gifBytes() }?.description
    }
    let image = Image(width: 4, height: 4)
    #expect(problem(Animation([], delay: 1)) == "an animation needs at least one frame")
    #expect(
      problem(Animation([image, Image(width: 4, height: 5)], delay: 1))
        == "frame 2 of an animation has 4 x 5 pixels; expected 4 x 4, as the first has")
    for delay in [-1, 65_536, Int.max, Int.min] {
      #expect(problem(Animation([image], delay: delay))?.contains("expected 0 to 65535") == true)
    }
    #expect(
      problem(Animation([Image(width: 65_536, height: 1)], delay: 1))
        == "a GIF of 65536 x 1 pixels cannot be written; expected at most 65535 a side")
  }

  @Test("a folder that is not there is an error, and nothing is left behind")
  func unwritable() throws {
    try withTemporaryFolder { folder in
      let animation = Animation([Image(width: 4, height: 4)], delay: 1)
      let error = #expect(throws: FileError.self) {
        try animation.writeGIF(to: "\(folder)/no/x.gif")
      }
      #expect(error?.problem == "cannot be written: No such file or directory")
      #expect(throws: ImageError.self) {
        try Animation([], delay: 1).writeGIF(to: "\(folder)/x.gif")
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test(
    "Pillow sees the same frames, delays and loop",
    .enabled(if: Pillow.isAvailable, "needs python3 with Pillow"))
  func pillow() throws {
    try withTemporaryFolder { folder in
      let script = """
        import sys
        from PIL import Image
        image = Image.open(sys.argv[1])
        for index in range(image.n_frames):
            image.seek(index)
            print(image.info.get("loop"), image.info["duration"], *image.convert("RGB").tobytes())
        """
      for frames in [(0..<4).map { Self.ramp($0 * $0) }, (0..<4).map { Self.shades($0) }] {
        let animation = Animation(frames, delay: 7)
        let path = "\(folder)/x.gif"
        try animation.writeGIF(to: path)
        let read = try Animation(gifAt: path)
        let lines = try Pillow.run(script, path).split(separator: "\n")
        #expect(lines.count == 4)
        for (line, frame) in zip(lines, read.frames) {
          let values = line.split(separator: " ")
          #expect(values[..<2] == ["0", "70"])
          #expect(values[2...].compactMap { UInt8($0) } == frame.image.rgb.pixels)
        }
      }
    }
  }
}
