import JointVAEData
import JointVAEImages
import Testing

@Suite("Light and dark are exchanged where a set's border says so")
struct InversionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ inversion: ImagePreparation.Inversion) throws -> LabeledImages {
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.inversion = inversion
    return try plainCatalog.load(request)
  }

  /// A 16x16 image: `count` of the 60 border pixels are `value`, the others and the middle `rest`.
  private func bordered(_ count: Int, of value: UInt8, rest: UInt8) -> Image {
    var image = Image(width: 16, height: 16, value: rest)
    var left = count
    for y in 0..<16 {
      for x in 0..<16 where left > 0 && (x % 15 == 0 || y % 15 == 0) {
        image[x: x, y: y, channel: 0] = value
        left -= 1
      }
    }
    return image
  }

  @Test(
    "two thirds of the border in the darkest or the lightest quarter decide",
    arguments: [
      (40, UInt8(63), UInt8(128), PreparationReport.Border.dark), (39, 63, 128, .mixed),
      (60, 64, 255, .mixed), (40, 192, 128, .light), (39, 192, 128, .mixed), (60, 191, 0, .mixed),
      (60, 0, 255, .dark), (60, 255, 0, .light),
    ])
  func border(count: Int, value: UInt8, rest: UInt8, expected: PreparationReport.Border) throws {
    let image = bordered(count, of: value, rest: rest)
    try folder.write(image.pngBytes(), as: "1.png")
    let images = try load(.auto)
    #expect(images.preparation?.border == expected)
    #expect(images.preparation?.isInverted == (expected == .light))
    #expect(images.image(0) == (expected == .light ? image.pixels.map { 255 - $0 } : image.pixels))
  }

  @Test("the whole set decides, not each image")
  func wholeSet() throws {
    let images = [255, 255, 255, 0].map { Image(width: 16, height: 16, value: $0) }
    for (index, image) in images.enumerated() {
      try folder.write(image.pngBytes(), as: "\(index).png")
    }
    #expect(try load(.auto).numbers == [0, 0, 0, 255])
  }

  @Test("on and off do as they are told")
  func told() throws {
    for value: UInt8 in [0, 100, 255] {
      try folder.write(Image(width: 16, height: 16, value: value).pngBytes(), as: "1.png")
      #expect(try load(.on).numbers == [255 - Int(value)])
      #expect(try load(.on).preparation?.isInverted == true)
      #expect(try load(.off).numbers == [Int(value)])
      #expect(try load(.off).preparation?.isInverted == false)
    }
  }

  @Test("colored images are only when that is asked for")
  func colored() throws {
    let image = Image(width: 16, height: 16, channels: 3, value: 255)
    try folder.write(image.pngBytes(), as: "1.png")
    let images = try load(.auto)
    #expect(images.bytes == image.pixels)
    #expect(images.preparation?.border == nil && images.preparation?.isInverted == false)
    #expect(Set(try load(.on).bytes) == [0])
  }

  @Test("images in tables and arrays are, too")
  func arrays() throws {
    var file = NPYBytes.file("|u1", [2, 16, 16], values: [UInt8](repeating: 255, count: 512))
    file[file.count - 120] = 5
    try folder.write(file, as: "images.npy")
    let images = try load(.auto)
    #expect(images.preparation?.isInverted == true)
    #expect(images.bytes.filter { $0 != 0 } == [250])
    #expect(images.image(1)[256 - 120] == 250)
  }

  @Test("black and white kept as bits are, too")
  func bits() throws {
    var values = [UInt8](repeating: 1, count: 256)
    values[100] = 0
    try folder.write(NPYBytes.file("|u1", [1, 16, 16], values: values), as: "images.npy")
    let images = try load(.auto)
    #expect(images.preparation?.isInverted == true)
    #expect(images.bytes.enumerated().filter { $0.element != 0 }.map(\.offset) == [100])
  }
}
