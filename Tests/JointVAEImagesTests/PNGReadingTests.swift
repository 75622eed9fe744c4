import Foundation
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("PNG files of every kind become their values")
struct PNGReadingTests {
  struct Cases: Decodable {
    struct Case: Decodable {
      var name: String
      var channels: Int
      var background: UInt8
      var file: Data
      var pixels: Data
    }
    var width: Int
    var height: Int
    var cases: [Case]
  }

  @Test("every color type, depth, interlacing, palette and transparency")
  func kinds() throws {
    let fixtures = try fixture("png.json", as: Cases.self)
    #expect(fixtures.cases.count == 37)
    for one in fixtures.cases {
      let image = try Image(png: Array(one.file), name: one.name, background: one.background)
      #expect(image.width == fixtures.width && image.height == fixtures.height)
      #expect(image.channels == one.channels, "\(one.name)")
      #expect(image.pixels == Array(one.pixels), "\(one.name)")
    }
  }

  @Test("transparency shows white unless told otherwise")
  func standardBackground() throws {
    let fixtures = try fixture("png.json", as: Cases.self)
    let one = try #require(fixtures.cases.first { $0.name == "RGBA 8 over 255" })
    #expect(try Image(png: Array(one.file), name: "x").pixels == Array(one.pixels))
  }

  @Test("a file and its bytes give the same image, and errors name the file")
  func file() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/digit.png"
      let image = Image.noise(width: 9, height: 5, channels: 3, seed: 1)
      try image.writePNG(to: path)
      #expect(try Image(pngAt: path) == image)
      #expect(
        throws: FileError("\(folder)/other.png", "cannot be opened: No such file or directory")
      ) {
        try Image(pngAt: "\(folder)/other.png")
      }
      let error = #expect(throws: FileError.self) {
        try Image(pngAt: path, limits: ImageLimits(maximumByteCount: 20))
      }
      #expect(error?.path == path && error?.problem.contains("expected at most 20") == true)
      #expect(throws: FileError.self) { try Image(pngAt: folder) }
    }
  }

  @Test("a file cut off anywhere is an error that says so")
  func truncated() throws {
    let bytes = try Image.noise(width: 20, height: 20, channels: 1, seed: 2).pngBytes()
    for count in 0..<bytes.count {
      let error = #expect(throws: FileError.self) {
        try Image(png: Array(bytes[..<count]), name: "cut.png")
      }
      let expected = count < 8 ? "is not a PNG image" : "is cut off"
      #expect(error?.problem.hasPrefix(expected) == true, "\(count): \(String(describing: error))")
    }
    #expect(throws: Never.self) { try Image(png: bytes + [1, 2, 3], name: "longer.png") }
  }

  @Test("what is no PNG is named so")
  func notPNG() throws {
    for bytes: [UInt8] in [[], Array("GIF89a".utf8), Array("hello, world".utf8), [0x89, 0x50]] {
      #expect(
        throws: FileError("x.png", "is not a PNG image: it does not begin with the PNG signature")
      ) { try Image(png: bytes, name: "x.png") }
    }
  }

  @Test("a huge or empty claim is refused before anything is decoded")
  func claims() throws {
    func file(_ width: UInt32, _ height: UInt32) throws -> [UInt8] {
      var bytes = try Image(width: 4, height: 4).pngBytes()
      for (value, position) in [(width, 16), (height, 20)] {
        for index in 0..<4 { bytes[position + index] = UInt8(value >> (24 - 8 * index) & 255) }
      }
      return repaired(bytes)
    }
    for (width, height) in [
      (60_000, 60_000), (UInt32.max, UInt32.max), (1 << 31, 1), (1, 1 << 27),
    ] as [(UInt32, UInt32)] {
      #expect(
        throws: FileError(
          "big.png",
          "claims to be \(width) x \(height) pixels; expected at most 67108864 pixels")
      ) { try Image(png: file(width, height), name: "big.png") }
    }
    for (width, height) in [(0, 5), (5, 0), (0, 0)] as [(UInt32, UInt32)] {
      #expect(
        throws: FileError(
          "none.png", "claims to be \(width) x \(height) pixels; expected at least 1 x 1")
      ) { try Image(png: file(width, height), name: "none.png") }
    }
    let limits = ImageLimits(maximumPixelCount: 15)
    #expect(throws: FileError.self) {
      try Image(png: Image(width: 4, height: 4).pngBytes(), name: "x", limits: limits)
    }
    // Fewer rows than claimed: the compressed data ends early.
    let error = #expect(throws: FileError.self) {
      try Image(png: file(4, 5), name: "short.png")
    }
    #expect(error?.problem.hasPrefix("is a damaged PNG image: ") == true)
  }

  @Test("damage is an error: checksums, types, depths, order")
  func damage() throws {
    let bytes = try Image.noise(width: 6, height: 6, channels: 1, seed: 3).pngBytes()
    func expectDamage(_ change: (inout [UInt8]) -> Void, repair: Bool = true) {
      var changed = bytes
      change(&changed)
      let file = repair ? repaired(changed) : changed
      let error = #expect(throws: FileError.self) { try Image(png: file, name: "x.png") }
      #expect(error?.problem.hasPrefix("is a damaged PNG image: ") == true)
    }
    let data = position(of: "IDAT", in: bytes)
    expectDamage({ $0[data + 12] ^= 1 }, repair: false)
    expectDamage { $0[24] = 3 }
    expectDamage { $0[25] = 5 }
    expectDamage { $0[25] = 3 }
    expectDamage { $0[28] = 9 }
    expectDamage { $0[data + 4] ^= 0xFF }
    expectDamage { $0.replaceSubrange(12..<16, with: "IEND".utf8) }
    expectDamage { $0.replaceSubrange(data..<data + 1, with: [7]) }
    expectDamage { $0.replaceSubrange(data..<data + 4, with: "QQQQ".utf8) }
  }

  @Test("no change of a single byte traps or hangs")
  func everyByte() throws {
    let fixtures = try fixture("png.json", as: Cases.self)
    for one in fixtures.cases where one.name.contains("palette 4") || one.name.contains("RGB 8") {
      let bytes = Array(one.file)
      for index in bytes.indices {
        for value: UInt8 in [0, 255, bytes[index] ^ 1, bytes[index] ^ 0x80] {
          var changed = bytes
          changed[index] = value
          _ = try? Image(png: changed, name: "x")
          _ = try? Image(png: repaired(changed), name: "x")
        }
      }
    }
  }
}

/// Where the chunk's name stands.
private func position(of chunk: String, in bytes: [UInt8]) -> Int {
  (8..<bytes.count).first { bytes[$0...].starts(with: chunk.utf8) } ?? 0
}

/// The file with the right checksums, as far as its chunks can be followed.
private func repaired(_ bytes: [UInt8]) -> [UInt8] {
  var result = bytes
  var position = 8
  while position + 12 <= bytes.count {
    let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
    guard position + 12 + length <= bytes.count else { break }
    var checksum = ~UInt32(0)
    for byte in bytes[position + 4..<position + 8 + length] {
      checksum ^= UInt32(byte)
      for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1) &* 0xEDB8_8320 }
    }
    for index in 0..<4 {
      result[position + 8 + length + index] = UInt8(~checksum >> (24 - 8 * index) & 255)
    }
    position += 12 + length
  }
  return result
}
