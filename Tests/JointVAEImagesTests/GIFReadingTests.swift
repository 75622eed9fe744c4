import Foundation
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("GIF files of every kind become what is to be seen")
struct GIFReadingTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      var name: String
      var channels: Int
      var background: UInt8
      var isEndless: Bool
      var delays: [Int]
      var file: Data
      var frames: [Data]
    }
    var width: Int
    var height: Int
    var cases: [Case]

    func file(_ name: String) throws -> [UInt8] {
      Array(try #require(cases.first { $0.name == name }).file)
    }
  }

  @Test("palettes, interlacing, transparency, disposal, delays, loops, extensions")
  func kinds() throws {
    let fixtures = try fixture("gif.json", as: Cases.self)
    #expect(fixtures.cases.count == 19)
    for one in fixtures.cases {
      let animation = try Animation(
        gif: Array(one.file), name: one.name, background: one.background)
      #expect(animation.isEndless == one.isEndless, "\(one.name)")
      #expect(animation.frames.map(\.delay) == one.delays, "\(one.name)")
      #expect(animation.frames.count == one.frames.count, "\(one.name)")
      for (index, (frame, expected)) in zip(animation.frames, one.frames).enumerated() {
        let image = frame.image
        #expect(image.width == fixtures.width && image.height == fixtures.height)
        #expect(image.channels == one.channels, "\(one.name)")
        #expect(image.pixels == Array(expected), "\(one.name), frame \(index)")
      }
    }
  }

  @Test("the first frame alone needs nothing of what follows")
  func firstFrame() throws {
    let file = try fixture("gif.json", as: Cases.self).file("all disposals over 255")
    let first = try #require(try Animation(gif: file, name: "x").frames.first).image
    #expect(try Image(gif: file, name: "x") == first)
    #expect(try Image(gif: Array(file[..<200]), name: "x") == first)
    #expect(throws: FileError.self) { try Animation(gif: Array(file[..<200]), name: "x") }
  }

  @Test("a file cut off anywhere is an error that says so")
  func truncated() throws {
    let fixtures = try fixture("gif.json", as: Cases.self)
    for name in ["grays", "all disposals over 255", "extensions that say nothing"] {
      let file = try fixtures.file(name)
      for count in 0..<file.count {
        let error = #expect(throws: FileError.self) {
          try Animation(gif: Array(file[..<count]), name: "cut.gif")
        }
        let expected = count < 4 ? "is not a GIF image" : "is cut off"
        #expect(
          error?.problem.hasPrefix(expected) == true,
          "\(name), \(count): \(String(describing: error))")
      }
    }
  }

  @Test("what is no GIF is named so")
  func notGIF() throws {
    for bytes: [UInt8] in [[], Array("GIF".utf8), Array("PNG89a".utf8), [0x89, 0x50]] {
      #expect(
        throws: FileError("x.gif", "is not a GIF image: it does not begin with GIF87a or GIF89a")
      ) { try Animation(gif: bytes, name: "x.gif") }
    }
  }

  @Test("a huge or empty claim is refused before anything is decoded")
  func claims() throws {
    let file = try fixture("gif.json", as: Cases.self).file("16 colors")
    func claiming(_ width: Int, _ height: Int, at position: Int) -> [UInt8] {
      var bytes = file
      for (offset, value) in [width & 255, width >> 8, height & 255, height >> 8].enumerated() {
        bytes[position + offset] = UInt8(value)
      }
      return bytes
    }
    // The canvas, and the frame after 16 colors and its own marker, left and top.
    for position in [6, 13 + 48 + 5] {
      #expect(
        throws: FileError(
          "x.gif", "claims to be 60000 x 60000 pixels; expected at most 67108864 pixels")
      ) { try Animation(gif: claiming(60_000, 60_000, at: position), name: "x.gif") }
      for (width, height) in [(0, 4), (4, 0)] {
        #expect(
          throws: FileError(
            "x.gif", "claims to be \(width) x \(height) pixels; expected at least 1 x 1")
        ) { try Animation(gif: claiming(width, height, at: position), name: "x.gif") }
      }
    }
  }

  @Test("limits on bytes, on frames and on the pixels of all frames hold")
  func limits() throws {
    let file = try Animation([Image](repeating: Image(width: 10, height: 10), count: 5), delay: 1)
      .gifBytes()
    func problem(_ limits: ImageLimits) -> String? {
      #expect(throws: FileError.self) { try Animation(gif: file, name: "x", limits: limits) }?
        .problem
    }
    #expect(problem(ImageLimits(maximumByteCount: 30))?.hasSuffix("expected at most 30") == true)
    #expect(
      problem(ImageLimits(maximumFrameCount: 4)) == "holds more than 4 frames; expected no more")
    #expect(
      problem(ImageLimits(maximumPixelCount: 499))
        == "holds more than 499 pixels in 5 frames; expected no more")
    let enough = ImageLimits(maximumPixelCount: 500, maximumFrameCount: 5)
    #expect(try Animation(gif: file, name: "x", limits: enough).frames.count == 5)
  }

  @Test("damage is an error: no palette, no frame, a color beyond the palette")
  func damage() throws {
    let file = try fixture("gif.json", as: Cases.self).file("16 colors")
    func problem(_ bytes: [UInt8]) -> String? {
      #expect(throws: FileError.self) { try Animation(gif: bytes, name: "x") }?.problem
    }
    var bytes = file
    bytes[10] = 0
    bytes.removeSubrange(13..<61)
    #expect(problem(bytes) == "is a damaged GIF image: a frame has no palette")
    bytes = Array(file[..<61]) + [0x3B]
    #expect(problem(bytes) == "is a GIF without an image; expected at least one")
    // Four colors in place of sixteen.
    bytes = file
    bytes[10] = 0x81
    bytes.removeSubrange(13 + 12..<61)
    #expect(
      problem(bytes) == "is a damaged GIF image: a pixel is not among the 4 colors")
    bytes = file
    bytes[61] = 0x40
    #expect(problem(bytes)?.hasPrefix("is a damaged GIF image: ") == true)
    // A code that is not in the table yet.
    bytes = file
    for index in 75..<80 { bytes[index] = 0xFF }
    #expect(problem(bytes)?.hasPrefix("is a damaged GIF image: ") == true)
  }

  @Test("no change of a single byte traps or hangs")
  func everyByte() throws {
    let fixtures = try fixture("gif.json", as: Cases.self)
    let limits = ImageLimits(maximumPixelCount: 1 << 16)
    for name in ["interlaced", "all disposals over 255", "extensions that say nothing"] {
      let file = try fixtures.file(name)
      for index in file.indices {
        for value: UInt8 in [0, 1, 255, file[index] ^ 1, file[index] ^ 0x80] {
          var changed = file
          changed[index] = value
          _ = try? Animation(gif: changed, name: "x", limits: limits)
        }
      }
    }
  }

  /// A GIF of `width` times 1 pixels in two colors, whose codes are of 3 bits: 4 clears the table, 5 ends.
  private func gif(width: Int, codes: [UInt8]) -> [UInt8] {
    var bits: [UInt8] = []
    for (index, code) in codes.enumerated() {
      let place = 3 * index
      while bits.count * 8 < place + 3 { bits.append(0) }
      bits[place / 8] |= code << UInt8(place % 8)
      if place % 8 > 5 { bits[place / 8 + 1] |= code >> UInt8(8 - place % 8) }
    }
    let size = [UInt8(width & 255), UInt8(width >> 8), 1, 0]
    var file = Array("GIF89a".utf8) + size + [0x80, 0, 0, 0, 0, 0, 255, 255, 255]
    file += [0x2c, 0, 0, 0, 0] + size + [0, 2]
    for start in stride(from: 0, to: bits.count, by: 255) {
      let block = bits[start..<min(start + 255, bits.count)]
      file += [UInt8(block.count)] + block
    }
    return file + [0, 0x3b]
  }

  @Test("codes that clear the table cost as little as others")
  func clears() throws {
    let pixels = try Image(gif: gif(width: 3, codes: [4, 1, 4, 0, 4, 4, 1, 5]), name: "x").pixels
    #expect(pixels == [255, 0, 255])
    // 1.5 MB of them, which took giflib's table five seconds.
    let codes = [UInt8](repeating: 4, count: 4 << 20) + [1, 4, 0, 4, 1, 5]
    let file = gif(width: 3, codes: codes)
    let began = ContinuousClock.now
    #expect(try Image(gif: file, name: "x").pixels == [255, 0, 255])
    #expect(ContinuousClock.now - began < .seconds(60))
    for codes: [UInt8] in [[4, 1, 7], [4, 5], [6], [4, 1, 4, 3, 5]] {
      let error = #expect(throws: FileError.self) {
        try Image(gif: self.gif(width: 9, codes: codes), name: "x")
      }
      #expect(error?.problem.hasPrefix("is a damaged GIF image: ") == true)
    }
  }

  @Test("a file and its bytes give the same animation, and errors name the file")
  func file() throws {
    try withTemporaryFolder { folder in
      let animation = Animation([Image.noise(width: 4, height: 4, channels: 1, seed: 1)], delay: 3)
      try animation.writeGIF(to: "\(folder)/x.gif")
      #expect(try Animation(gifAt: "\(folder)/x.gif") == animation)
      let missing = #expect(throws: FileError.self) { try Animation(gifAt: "\(folder)/y.gif") }
      #expect(missing?.path == "\(folder)/y.gif")
    }
  }
}
