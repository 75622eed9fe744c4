import JointVAE
import JointVAEData
import JointVAEImages
import Testing

@Suite("Images become gray or colored")
struct ColorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(
    _ color: ImagePreparation.Color? = nil, threads: Int? = nil
  ) throws -> LabeledImages {
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.color = color
    var catalog = plainCatalog
    catalog.threads = threads
    return try catalog.load(request)
  }

  /// A 16x16 image of one color.
  private func colored(_ red: UInt8, _ green: UInt8, _ blue: UInt8) throws -> [UInt8] {
    try Image(
      width: 16, height: 16, channels: 3, pixels: (0..<256).flatMap { _ in [red, green, blue] }
    ).pngBytes()
  }

  @Test("colors become their luma with --gray, as Pillow's convert has it")
  func gray() throws {
    let colors: [([UInt8], UInt8)] = [
      ([255, 0, 0], 76), ([0, 255, 0], 150), ([0, 0, 255], 29), ([10, 200, 100], 132),
      ([255, 255, 255], 255),
    ]
    for (index, (color, _)) in colors.enumerated() {
      try folder.write(colored(color[0], color[1], color[2]), as: "\(index).png")
    }
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.color = .gray
    request.preparation.inversion = .off
    let images = try plainCatalog.load(request)
    #expect(images.imageShape.channels == 1)
    #expect(images.numbers == colors.map { Int($0.1) })
  }

  @Test("gray ones get three equal channels with --rgb")
  func rgb() throws {
    let image = Image.noise(width: 16, height: 16, seed: 1)
    try folder.write(image.pngBytes(), as: "1.png")
    let images = try load(.rgb)
    #expect(images.imageShape == ImageShape(size: 16, channels: 3))
    #expect(images.image(0) == image.pixels.flatMap { [$0, $0, $0] })
  }

  @Test("one colored image, wherever it comes, makes the set colored and loses none")
  func mixed() throws {
    let count = 100
    for place in [0, 50, count - 1] {
      try folder.writeNumbered((0..<count).map { "\($0).png" })
      try folder.write(colored(1, 2, 3), as: "\(place).png")
      let images = try load()
      #expect(images.count == count)
      #expect(images.imageShape.channels == 3)
      for number in 0..<count {
        #expect(
          Array(images.image(number).prefix(3))
            == (number == place ? [1, 2, 3] : [UInt8](repeating: UInt8(number), count: 3)))
      }
      for threads in [1, 2, 5] { #expect(try load(threads: threads).bytes == images.bytes) }
      // Asked for gray, it stays gray.
      #expect(try load(.gray).imageShape.channels == 1)
    }
  }

  @Test("a palette of grays does not make a set colored")
  func grayPalette() throws {
    let bytes = try ImageFixtures.bytes("palette of grays", in: "png.json")
    try folder.write(bytes, as: "1.png")
    #expect(try load().imageShape.channels == 1)
  }
}
