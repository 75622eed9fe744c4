import Foundation
import JointVAEFiles
import JointVAEImages
import TestSupport
import Testing

/// JPEG files of several kinds, and what Pillow decodes.
struct JPEGCases: Decodable {
  var cases: [ImageCase]

  static func all() throws -> [ImageCase] { try fixture("jpeg.json", as: JPEGCases.self).cases }

  /// The file of the case called `name`.
  static func file(_ name: String) throws -> [UInt8] {
    Array(try #require(all().first { $0.name == name }).file)
  }
}

@Suite("JPEG files of every kind become their values")
struct JPEGReadingTests {
  @Test("gray and color, subsampled, progressive, and turned upright, as Pillow has them")
  func kinds() throws {
    let cases = try JPEGCases.all().filter { $0.name != "CMYK" }
    #expect(cases.count == 18)
    for one in cases {
      let image = try Image(jpeg: Array(one.file), name: one.name)
      #expect(image.width == one.width && image.height == one.height, "\(one.name)")
      #expect(image.channels == one.channels, "\(one.name)")
      #expect(image.pixels == Array(one.pixels), "\(one.name)")
    }
  }

  @Test("a picture of a camera held upright is turned to the right by a quarter")
  func quarterTurn() throws {
    let upright = try Image(jpeg: JPEGCases.file("orientation 1"), name: "1")
    // Both files store the same pixels.
    let turned = try Image(jpeg: JPEGCases.file("orientation 6"), name: "6")
    try #require(turned.width == upright.height && turned.height == upright.width)
    // Turned to the right by a quarter, a row is a column, its last pixel first.
    var expected: [UInt8] = []
    for y in 0..<turned.height {
      for x in 0..<turned.width {
        for channel in 0..<3 {
          expected.append(upright[x: y, y: upright.height - 1 - x, channel: channel])
        }
      }
    }
    #expect(turned.pixels == expected)
  }

  @Test("the inks of print are an error that says what to do")
  func inks() throws {
    #expect(
      throws: FileError(
        "print.jpg", "is a JPEG image in the four inks of print (CMYK); convert it to RGB")
    ) { try Image(jpeg: JPEGCases.file("CMYK"), name: "print.jpg") }
  }

  @Test(
    "a file cut off anywhere is an error that says so",
    arguments: ["color 4:2:0", "gray progressive", "gray"])
  func truncated(name: String) throws {
    let bytes = try JPEGCases.file(name)
    for count in 0..<bytes.count {
      let error = #expect(throws: FileError.self, "\(count)") {
        try Image(jpeg: Array(bytes[..<count]), name: "cut.jpg")
      }
      let expected = count < 3 ? "is not a JPEG image" : "is cut off"
      #expect(error?.problem.hasPrefix(expected) == true, "\(count): \(String(describing: error))")
    }
    #expect(throws: Never.self) { try Image(jpeg: bytes + [1, 2, 3], name: "longer.jpg") }
  }

  @Test("a size beyond the limit is refused before memory is taken")
  func size() throws {
    var bytes = try JPEGCases.file("color 4:2:0")
    let frame = try #require(
      bytes.indices.first { bytes[$0...].starts(with: [0xff, 0xc0, 0, 17]) })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0xea, 0x60, 0xea, 0x60])
    #expect(
      throws: FileError(
        "large.jpg", "claims to be 60000 x 60000 pixels; expected at most 67108864 pixels")
    ) { try Image(jpeg: bytes, name: "large.jpg") }
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0, 0, 0, 9])
    let error = #expect(throws: FileError.self) { try Image(jpeg: bytes, name: "large.jpg") }
    #expect(error?.problem.hasPrefix("claims to be 9 x 0 pixels") == true)
    let limits = ImageLimits(maximumByteCount: 100)
    #expect(throws: FileError.self) {
      try Image(jpeg: JPEGCases.file("gray"), name: "x", limits: limits)
    }
  }

  @Test("damaged headers are errors that say what is wrong")
  func headers() throws {
    let start: [UInt8] = [0xff, 0xd8, 0xff]
    for (rest, problem) in [
      ([0xd9], "does not give its size"),
      ([0xc0, 0, 5, 8, 0, 9], "does not give its size"),
      ([0xc0, 0, 11, 12, 0, 9, 0, 9, 1, 1, 0x11, 0, 0xff, 0xda, 0, 2], "12 bits a sample"),
      ([0xc0, 0, 11, 8, 0, 9, 0, 9, 2, 1, 0x11, 0, 0xff, 0xda, 0, 2], "2 components"),
      ([0xe0, 0, 1, 0], "claims 1 bytes"), ([0xe0, 0, 2, 7], "expected a marker"),
    ] as [([UInt8], String)] {
      let error = #expect(throws: FileError.self) {
        try Image(jpeg: start + rest + [0xff, 0xd9], name: "x")
      }
      #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    }
  }

  @Test("a file and its bytes give the same image, and errors name the file")
  func file() throws {
    try JointVAEImagesTests.withTemporaryFolder { folder in
      let bytes = try JPEGCases.file("gray")
      try AtomicFile.write(bytes, to: "\(folder)/a.jpg")
      #expect(try Image(jpegAt: "\(folder)/a.jpg") == Image(jpeg: bytes, name: "a"))
      #expect(throws: FileError.self) { try Image(jpegAt: "\(folder)/b.jpg") }
    }
  }

  @Test(
    "mutations never trap, EXIF blocks included", arguments: ["orientation 6", "gray progressive"])
  func mutations(name: String) throws {
    let original = try JPEGCases.file(name)
    var seed = Fuzzing.environment.seed(UInt64(name.utf8.count))
    var decoded = 0
    let rounds = Fuzzing.environment.rounds(3000, parts: 2) {
      var bytes = original
      seed &+= 1
      let random = noise(12, seed: seed).map { Int($0) }
      for change in 0...random[0] % 4 {
        // Half of the changes hit the headers.
        let reach = random[1 + change] < 128 ? min(200, bytes.count) : bytes.count
        let place = (random[4 + change] << 8 | random[8 + change]) % reach
        if random[1 + change] % 8 == 0 {
          bytes.removeSubrange(place...)
        } else {
          bytes[place] = UInt8(random[(5 + change) % 12])
        }
        if bytes.isEmpty { break }
      }
      guard let image = try? Image(jpeg: bytes, name: "fuzz") else { return }
      decoded += 1
      #expect(image.pixels.count == image.width * image.height * image.channels)
    }
    #expect(decoded > rounds / 100 && decoded < rounds)
  }
}
