import CZlib
import Foundation
import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("Broken images and other files among images")
struct BrokenImageTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(isStrict: Bool = false) throws -> LabeledImages {
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.isStrict = isStrict
    return try plainCatalog.load(request)
  }

  @Test("are named, left out and counted; the others keep their order and their labels")
  func leftOut() throws {
    try folder.writeNumbered((0..<9).map { "\($0 < 5 ? "a" : "b")/\($0).png" })
    let whole = try Image.numbered(3)
    try folder.write(Array(whole.dropLast(20)), as: "a/3.png")
    try folder.write(Array("no image at all".utf8), as: "a/0.png")
    try folder.write([], as: "b/8.png")
    let images = try load()
    #expect(images.numbers == [1, 2, 4, 5, 6, 7])
    #expect(images.classes == ["a", "a", "a", "b", "b", "b"])
    let report = try #require(images.preparation)
    #expect(report.brokenImageCount == 3)
    #expect(report.brokenImages.count == 3)
    for (sentence, name) in zip(report.brokenImages, ["a/0.png", "a/3.png", "b/8.png"]) {
      #expect(sentence.hasPrefix("\(folder.path)/\(name): "))
    }
    #expect(
      report.brokenImages[0].hasSuffix(
        ": is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM"))
    // The pixels of those left out do not leave a gap behind.
    #expect(images.image(0) == [UInt8](repeating: 1, count: 256))
    #expect(images.image(5) == [UInt8](repeating: 7, count: 256))
  }

  @Test("end the work with --strict, and the first one is named")
  func strict() throws {
    try folder.writeNumbered(["1.png", "2.png", "3.png"])
    #expect(try load(isStrict: true).count == 3)
    try folder.write([1, 2, 3], as: "2.png")
    #expect(
      throws: FileError(
        "\(folder.path)/2.png", "is not an image; expected PNG, JPEG, GIF, WebP, BMP, PGM or PPM")
    ) { try load(isStrict: true) }
  }

  @Test("are all there is: the first is named")
  func nothingElse() throws {
    for number in 1...3 { try folder.write([1, 2, 3], as: "\(number).png") }
    #expect(
      throws: FileError(
        folder.path,
        "holds no image that can be read; the first: \(folder.path)/1.png: is not an image; expected "
          + "PNG, JPEG, GIF, WebP, BMP, PGM or PPM")
    ) { try load() }
  }

  @Test("of other files there is a count, and no more than 20 broken ones are named")
  func others() throws {
    try folder.writeNumbered(["1.png"])
    for name in ["readme.txt", "labels.json", "notes", "deeper/weights.bin"] {
      try folder.write([1], as: name)
    }
    for number in 10..<40 { try folder.write([1], as: "\(number).gif") }
    let report = try #require(try load().preparation)
    #expect(report.skippedFileCount == 4)
    #expect(report.brokenImageCount == 30)
    #expect(report.brokenImages.count == 20)
  }

  @Test("formats that are not read are named as what they are")
  func unreadableFormats() throws {
    try folder.writeNumbered(["1.png"])
    try folder.write([0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0], as: "2.heic")
    try folder.write([0x49, 0x49, 42, 0, 8, 0, 0, 0], as: "3.tiff")
    // What it is counts, not what it is called.
    try folder.write([0x4d, 0x4d, 0, 42, 0, 0, 0, 8], as: "4.png")
    try folder.write(Image.numbered(5), as: "5.jpg")
    let images = try load()
    #expect(images.numbers == [0, 5])
    #expect(
      images.preparation?.brokenImages
        == [
          ("2.heic", "an HEIF image (HEIC, AVIF)"), ("3.tiff", "a TIFF image"),
          ("4.png", "a TIFF image"),
        ].map {
          "\(folder.path)/\($0): is \($1), which is not supported; "
            + "convert it to PNG or JPEG"
        })
  }

  @Test("a PNG that claims 60,000 x 60,000 pixels takes no memory and is left out")
  func hugeClaim() throws {
    try folder.writeNumbered(["1.png"])
    var bytes = try Image.numbered(2)
    // Width and height lie behind the signature, the length and the name of IHDR.
    for start in [16, 20] { bytes.replaceSubrange(start..<start + 4, with: [0, 0, 0xea, 0x60]) }
    let crc = crc32(0, Array(bytes[12..<29]), 17)
    bytes.replaceSubrange(
      29..<33, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: crc >> $0) })
    try folder.write(bytes, as: "0.png")
    let images = try load()
    #expect(images.numbers == [0])
    #expect(
      images.preparation?.brokenImages == [
        "\(folder.path)/0.png: claims to be 60000 x 60000 pixels; expected at most 67108864 pixels"
      ])
  }

  @Test("images whose names hold line breaks are read, and those whose names are no text named")
  func strangeNames() throws {
    try folder.writeNumbered(["1.png"])
    try folder.write(Image.numbered(9), as: "2new\nline.png")
    #expect(try load().numbers == [0, 9])
    #if os(Linux)
      let name = Array("\(folder.path)/3".utf8) + [0xff] + Array(".png".utf8) + [0]
      let file = try #require(fopen(name.map { CChar(bitPattern: $0) }, "w"))
      fclose(file)
      let images = try load()
      #expect(images.numbers == [0, 9])
      #expect(
        images.preparation?.brokenImages == [
          "\(folder.path)/3\u{fffd}.png: has a name that is not UTF-8; rename it"
        ])
    #endif
  }
}
