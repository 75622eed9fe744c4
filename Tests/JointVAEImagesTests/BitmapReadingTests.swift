import Foundation
import JointVAEFiles
import JointVAEImages
import TestSupport
import Testing

/// Files of netpbm, BMP and WebP, and their pixels (Tests/Oracles/make_bitmap_fixtures.py).
private struct BitmapCases: Decodable {
  var cases: [ImageCase]

  static func all(_ file: String) throws -> [ImageCase] {
    try fixture(file, as: BitmapCases.self).cases
  }

  static func file(_ file: String, _ name: String) throws -> [UInt8] {
    Array(try #require(all(file).first { $0.name == name }).file)
  }
}

@Suite("Files of netpbm, BMP and WebP")
struct BitmapReadingTests {
  @Test(
    "of every kind become their values",
    arguments: [("netpbm.json", 13), ("bmp.json", 17), ("webp.json", 7)])
  func kinds(_ file: String, count: Int) throws {
    let cases = try BitmapCases.all(file)
    #expect(cases.count == count)
    for one in cases {
      let image = try Image(encoded: Array(one.file), name: one.name)
      #expect(image.width == one.width && image.height == one.height, "\(one.name)")
      #expect(image.channels == one.channels, "\(one.name)")
      #expect(image.pixels == Array(one.pixels), "\(one.name)")
      let outline = try ImageOutline(encoded: Array(one.file), name: one.name)
      #expect(outline.width == one.width && outline.height == one.height, "\(one.name)")
      #expect(outline.channels == one.channels, "\(one.name)")
    }
  }

  @Test(
    "that are cut off anywhere are refused",
    arguments: [
      ("netpbm.json", "P1"), ("netpbm.json", "P2"), ("netpbm.json", "P4"), ("netpbm.json", "P5"),
      ("netpbm.json", "P5 of 16 bits"), ("netpbm.json", "P6"), ("bmp.json", "4 bits"),
      ("bmp.json", "24 bits"), ("bmp.json", "runs of 8 bits"), ("bmp.json", "runs of 4 bits"),
      ("bmp.json", "OS/2, 8 bits"), ("webp.json", "lossless"), ("webp.json", "lossy"),
    ])
  func cutOff(_ file: String, _ name: String) throws {
    let bytes = try BitmapCases.file(file, name)
    // Text may lack its last line break and still be whole, and a last number may lose a digit.
    let end = name.hasPrefix("P1") || name.hasPrefix("P2") ? bytes.count - 4 : bytes.count
    for length in 0..<end {
      let error = #expect(throws: FileError.self, "\(length)") {
        try Image(encoded: Array(bytes.prefix(length)), name: "x")
      }
      #expect(error?.path == "x")
    }
  }

  @Test("that claim to be large are refused before memory is taken")
  func large() throws {
    let wide: [UInt8] = [0, 0, 1, 0]
    var bmp = try BitmapCases.file("bmp.json", "24 bits")
    bmp.replaceSubrange(18..<22, with: wide)
    bmp.replaceSubrange(22..<26, with: wide)
    for bytes in [
      bmp, Array("P5 65536 65536 255 ".utf8), Array("P1 99999 99999 1 0 1".utf8),
      Array("P6 2147483646 2147483646 65535\n".utf8),
    ] {
      let error = #expect(throws: FileError.self) { try Image(encoded: bytes, name: "x") }
      #expect(error?.problem.contains("expected at most 67108864 pixels") == true)
    }
    // Within the limit, but the pixels are not there.
    let error = #expect(throws: FileError.self) {
      try Image(encoded: Array("P3 8000 8000 255\n1 2 3".utf8), name: "x")
    }
    #expect(error?.problem.hasPrefix("is cut off") == true)
  }

  @Test("with damaged headers are refused with what is wrong")
  func damaged() throws {
    let bmp = try BitmapCases.file("bmp.json", "8 bits, gray")
    func changed(_ place: Int, _ value: UInt8) -> [UInt8] {
      var bytes = bmp
      bytes[place] = value
      return bytes
    }
    let files: [([UInt8], String)] = [
      (changed(28, 2), "2 bits a pixel"),
      (changed(30, 4), "encoding 4"), (changed(11, 0), "it has no palette"),
      (changed(14, 13), "its header claims 13 bytes"),
      (Array("P2 2 2 0 1 1 1 1".utf8), "its white is 0"),
      (Array("P2 2 2 70000 1 1 1 1".utf8), "its white is 70000"),
      (Array("P2 2 2 7 1 8 1 1".utf8), "holds the value 8; expected 0 to 7"),
      (Array("P5 2 2 7\n\u{1}\u{2}\u{9}\u{1}".utf8), "holds the value 9; expected 0 to 7"),
      (Array("P2 2 2 7 1 x 1 1".utf8), "at byte 11, expected a number"),
      (Array("P1 2 2 1021".utf8), "expected 0 or 1"),
      (Array("P2 0 2 7 1 1 1 1".utf8), "claims to be 0 x 2 pixels"),
      (Array("P2 99999999999 2 7 1".utf8), "expected a number below 2147483648"),
    ]
    for (bytes, problem) in files {
      let error = #expect(throws: FileError.self) { try Image(encoded: bytes, name: "x") }
      #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    }
  }

  @Test(
    "damaged at random are read or refused",
    arguments: ["netpbm.json", "bmp.json", "webp.json"])
  func mutations(file: String) throws {
    let cases = try BitmapCases.all(file)
    var seed = Fuzzing.environment.seed(UInt64(file.utf8.count))
    var decoded = 0
    let rounds = Fuzzing.environment.rounds(2000, parts: 3) {
      seed &+= 1
      let random = noise(14, seed: seed).map { Int($0) }
      var bytes = Array(cases[random[13] % cases.count].file)
      for change in 0...random[0] % 4 {
        let reach = random[1 + change] < 160 ? min(70, bytes.count) : bytes.count
        let place = (random[4 + change] << 8 | random[8 + change]) % reach
        if random[1 + change] % 8 == 0 {
          bytes.removeSubrange(place...)
        } else {
          bytes[place] = UInt8(random[(5 + change) % 12])
        }
        if bytes.isEmpty { break }
      }
      do {
        let image = try Image(
          encoded: bytes, name: "fuzz", limits: ImageLimits(maximumPixelCount: 1 << 20))
        decoded += 1
        #expect(image.pixels.count == image.width * image.height * image.channels)
      } catch is FileError {
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(decoded > rounds / 100 && decoded < rounds)
  }
}

@Suite("Samples of more than 8 bits")
struct WideSampleTests {
  private static func words(_ numbers: [UInt16], limit: Int) -> [UInt8] {
    Array("P5 \(numbers.count) 1 \(limit)\n".utf8)
      + numbers.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
  }

  @Test("are known by their range, and spread from the black and white that are given")
  func spread() throws {
    let file = Self.words([0, 4095, 2048, 1024], limit: 65_535)
    let plain = try DecodedImage(encoded: file, name: "x")
    #expect(plain.image.pixels == [0, 16, 8, 4])
    #expect(plain.samples == SampleValues(least: 0, most: 4095, limit: 65_535))
    let spread = try DecodedImage(encoded: file, name: "x", spread: 0...4095)
    #expect(spread.image.pixels == [0, 255, 128, 64])
    #expect(
      throws: SamplesBeyondRange(
        name: "x", samples: SampleValues(least: 0, most: 4095, limit: 65_535))
    ) { try DecodedImage(encoded: file, name: "x", spread: 0...4094) }
  }

  @Test("of 8 bits that lie between the given black and white leave nothing out of range")
  func narrow() throws {
    let image = Image(width: 2, height: 2, channels: 1, pixels: [100, 110, 120, 105])
    let spread = try DecodedImage(encoded: image.pngBytes(), name: "x", spread: 100...120)
    #expect(spread.image.pixels == [0, 128, 255, 64])
  }

  @Test("of a PNG are spread in the same way, and those of 8 bits")
  func png() throws {
    let image = Image(width: 2, height: 2, channels: 1, pixels: [0, 15, 5, 10])
    let spread = try DecodedImage(encoded: image.pngBytes(), name: "x", spread: 0...15)
    #expect(spread.image.pixels == [0, 255, 85, 170])
    #expect(spread.samples == SampleValues(least: 0, most: 15, limit: 255))
  }
}

@Suite("A PNG with an EXIF block")
struct PNGOrientationTests {
  /// A chunk eXIf that gives `orientation`, little-endian, behind IHDR; libpng does not see its checksum.
  static func png(_ image: Image, orientation: UInt8) throws -> [UInt8] {
    let exif: [UInt8] =
      Array("II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]
      + [0, 0, 0, 0]
    var bytes = try image.pngBytes()
    let chunk = [0, 0, 0, UInt8(exif.count)] + Array("eXIf".utf8) + exif + [0, 0, 0, 0]
    bytes.insert(contentsOf: chunk, at: 33)
    return bytes
  }

  @Test("is turned upright, as a JPEG is")
  func upright() throws {
    let image = Image(width: 3, height: 2, channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let turned = try Image(encoded: Self.png(image, orientation: 6), name: "x")
    #expect(turned.width == 2 && turned.height == 3)
    #expect(turned.pixels == [4, 1, 5, 2, 6, 3])
    let over = try Image(encoded: Self.png(image, orientation: 3), name: "x")
    #expect(over.pixels == [6, 5, 4, 3, 2, 1])
    #expect(try Image(encoded: Self.png(image, orientation: 9), name: "x") == image)
    let outline = try ImageOutline(encoded: Self.png(image, orientation: 6), name: "x")
    #expect(outline.width == 2 && outline.height == 3)
  }
}
