import JointVAE
import JointVAEData
import JointVAEImages
import Testing

@Suite("Every kind of image file makes a data set")
struct ImageKindsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "PNG of 1 to 16 bits, palette and alpha; GIF; JPEG: their decoded pixels, cropped and resized",
    arguments: [
      ("gray 1", "png.json", 1), ("gray 16", "png.json", 1), ("palette 8", "png.json", 3),
      ("palette 4 with alpha", "png.json", 3), ("RGBA 8 over 255", "png.json", 3),
      ("gray and alpha 8 over 255", "png.json", 1), ("RGB 16 interlaced", "png.json", 3),
      ("256 colors", "gif.json", 3), ("grays", "gif.json", 1), ("gray", "jpeg.json", 1),
      ("color 4:2:0", "jpeg.json", 3), ("orientation 6", "jpeg.json", 3),
    ])
  func kinds(name: String, list: String, channels: Int) throws {
    let bytes = try ImageFixtures.bytes(name, in: list)
    let ending = list.prefix { $0 != "." }
    try folder.write(bytes, as: "image.\(ending)")
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.fit = .stretch
    request.preparation.inversion = .off
    let images = try plainCatalog.load(request)
    #expect(images.imageShape == ImageShape(size: 16, channels: channels))
    let image = try Image(encoded: bytes, name: name)
    let resizer = BilinearResizer(
      from: (image.width, image.height), to: (16, 16), channels: channels)
    #expect(images.image(0) == resizer.resize(image.pixels))
  }

  @Test(
    "What is transparent shows white or black, as asked",
    arguments: [
      ("RGBA 8 over 255", "png.json"), ("gray and alpha 8 over 255", "png.json"),
      ("palette 4 with alpha", "png.json"),
    ])
  func background(name: String, list: String) throws {
    let bytes = try ImageFixtures.bytes(name, in: list)
    try folder.write(bytes, as: "image.png")
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.fit = .stretch
    request.preparation.inversion = .off
    var found: [[UInt8]] = []
    for alpha in [nil, ImagePreparation.Alpha.white, .black] {
      request.preparation.alpha = alpha
      let image = try Image(encoded: bytes, name: name, background: alpha == .black ? 0 : 255)
      let resizer = BilinearResizer(
        from: (image.width, image.height), to: (16, 16), channels: image.channels)
      found.append(try plainCatalog.load(request).image(0))
      #expect(found.last == resizer.resize(image.pixels))
    }
    #expect(found[0] == found[1] && found[1] != found[2])
  }

  @Test("Alpha is kept as a fourth channel, of opaque images too")
  func keptAlpha() throws {
    let bytes = try ImageFixtures.bytes("RGBA 8 over 255", in: "png.json")
    try folder.write(bytes, as: "1.png")
    try folder.write(try ImageFixtures.bytes("gray", in: "jpeg.json"), as: "2.jpeg")
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.fit = .stretch
    request.preparation.alpha = .keep
    let images = try plainCatalog.load(request)
    #expect(images.imageShape == ImageShape(size: 16, channels: 4))
    let kept = try Image(keepingAlphaOf: bytes, name: "1.png")
    #expect(images.image(0) == kept.resized(width: 16, height: 16).pixels)
    let opaque = stride(from: 3, to: 1024, by: 4).map { images.image(1)[$0] }
    #expect(opaque.allSatisfy { $0 == 255 })
  }

  @Test("Alpha is not kept with what has no place for it")
  func refusedAlpha() throws {
    try folder.write(try ImageFixtures.bytes("RGBA 8 over 255", in: "png.json"), as: "1.png")
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation.alpha = .keep
    request.preparation.color = .gray
    #expect(
      throws: ConfigurationError(
        "alpha", "keep", expected: "white or black with gray images")
    ) { try plainCatalog.load(request) }
    request.preparation.color = nil
    request.preparation.inversion = .on
    #expect(throws: ConfigurationError.self) { try plainCatalog.load(request) }
    var generated = DataSetRequest("shapes", limit: 4)
    generated.preparation.alpha = .keep
    #expect(
      throws: DataSetError("shapes", "is generated without alpha, so there is none to keep")
    ) { try plainCatalog.load(generated) }
  }

  @Test("of an animated GIF the first frame")
  func animation() throws {
    try folder.write(try ImageFixtures.bytes("three rounds", in: "gif.json"), as: "1.gif")
    let animation = try Animation(gifAt: "\(folder.path)/1.gif")
    #expect(animation.frames.count > 1)
    var request = DataSetRequest(folder.path, imageSize: 16)
    request.preparation = ImagePreparation(size: 16, color: .gray, fit: .stretch, inversion: .off)
    let frame = animation.frames[0].image.gray
    let resizer = BilinearResizer(from: (frame.width, frame.height), to: (16, 16))
    #expect(try plainCatalog.load(request).image(0) == resizer.resize(frame.pixels))
  }
}
