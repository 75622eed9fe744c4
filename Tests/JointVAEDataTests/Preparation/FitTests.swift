import JointVAE
import JointVAEData
import JointVAEImages
import Testing

@Suite("Images of any shape get that of the image size")
struct FitTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What becomes of `image`, not inverted.
  private func prepared(
    _ image: Image, _ fit: ImagePreparation.Fit, size: ImageSize? = 16,
    color: ImagePreparation.Color? = nil, as known: String? = nil
  ) throws -> LabeledImages {
    try folder.write(image.pngBytes(), as: "image.png")
    var request = DataSetRequest(known ?? folder.path, path: known == nil ? nil : folder.path)
    request.preparation = ImagePreparation(size: size, color: color, fit: fit, inversion: .off)
    return try plainCatalog.load(request)
  }

  /// The part of `image` that begins at `x`, `y`.
  private func part(_ image: Image, x: Int, y: Int, side: Int) -> [UInt8] {
    (y..<y + side).flatMap { row in
      (x..<x + side).flatMap { column in
        (0..<image.channels).map { image[x: column, y: row, channel: $0] }
      }
    }
  }

  @Test("crop keeps the square in the middle, pixel by pixel")
  func crop() throws {
    for (width, height, x, y) in [(24, 16, 4, 0), (16, 25, 0, 4), (17, 16, 0, 0)] {
      for channels in [1, 3] {
        let image = Image.noise(width: width, height: height, channels: channels, seed: 1)
        let images = try prepared(image, .crop)
        #expect(images.image(0) == part(image, x: x, y: y, side: 16), "\(width)x\(height)")
        #expect(images.preparation?.oblongCount == 1)
      }
    }
  }

  @Test("crop comes before resizing")
  func cropAndResize() throws {
    let image = Image.noise(width: 50, height: 40, channels: 3, seed: 2)
    let resizer = BilinearResizer(from: (40, 40), to: (32, 32), channels: 3)
    let images = try prepared(image, .crop, size: 32)
    #expect(images.image(0) == resizer.resize(part(image, x: 5, y: 0, side: 40)))
  }

  @Test("pad puts the whole image between bars of its border's median color")
  func pad() throws {
    // The upper edge is half darker, half lighter than the other three.
    var image = Image(width: 16, height: 8, value: 90)
    for x in 0..<16 { image[x: x, y: 0, channel: 0] = x < 8 ? 20 : 200 }
    let bar = [UInt8](repeating: 90, count: 4 * 16)
    #expect(try prepared(image, .pad).image(0) == bar + image.pixels + bar)

    let column = Image(
      width: 1, height: 16, channels: 3, pixels: (0..<16).flatMap { _ in [1, 2, 3] })
    let wide = try prepared(column, .pad)
    #expect(wide.image(0) == (0..<256).flatMap { _ in [1, 2, 3] as [UInt8] })
  }

  @Test("pad resizes the longer side to the whole, the other in proportion and never to nothing")
  func padAndResize() throws {
    let image = Image.noise(width: 64, height: 30, seed: 3)
    // 30 * 32 / 64 = 15, and 17 rows of bars: 8 above, 9 below.
    let middle = BilinearResizer(from: (64, 30), to: (32, 15)).resize(image.pixels)
    let pixels = try prepared(image, .pad, size: 32).image(0)
    #expect(Array(pixels[8 * 32..<23 * 32]) == middle)
    #expect(Set(pixels[..<(8 * 32)]) == Set(pixels[(23 * 32)...]))
    #expect(Set(pixels[..<(8 * 32)]).count == 1)
    let line = Image(width: 200, height: 1, value: 77)
    #expect(try prepared(line, .pad).image(0) == [UInt8](repeating: 77, count: 256))
  }

  @Test("stretch squeezes both sides")
  func stretch() throws {
    for channels in [1, 3] {
      let image = Image.noise(width: 40, height: 9, channels: channels, seed: 4)
      let resizer = BilinearResizer(from: (40, 9), to: (16, 16), channels: channels)
      #expect(try prepared(image, .stretch).image(0) == resizer.resize(image.pixels))
    }
  }

  @Test("faces of celeba are cut out where the aligned set has them, and only there")
  func celeba() throws {
    let image = Image.noise(width: 178, height: 218, channels: 3, seed: 5)
    let resizer = BilinearResizer(from: (148, 148), to: (64, 64), channels: 3)
    let images = try prepared(image, .crop, size: nil, as: "celeba")
    #expect(images.imageShape == ImageShape(size: 64, channels: 3))
    #expect(images.image(0) == resizer.resize(part(image, x: 15, y: 40, side: 148)))
    // One that is too small for the box is treated like any other.
    let small = Image.noise(width: 20, height: 16, channels: 3, seed: 6)
    #expect(
      try prepared(small, .crop, as: "celeba").image(0) == part(small, x: 2, y: 0, side: 16))
  }

  @Test("an oblong size crops, pads and stretches to its own shape")
  func oblong() throws {
    let size = ImageSize(height: 8, width: 16)
    for channels in [1, 3] {
      let image = Image.noise(width: 40, height: 9, channels: channels, seed: 7)
      func images(_ fit: ImagePreparation.Fit) throws -> LabeledImages {
        try prepared(image, fit, size: size)
      }
      // 18 x 9 is the largest part that is twice as wide as high.
      let middle = (0..<9).flatMap { y in
        (11..<29).flatMap { x in (0..<channels).map { image[x: x, y: y, channel: $0] } }
      }
      let cropped = try images(.crop)
      #expect(cropped.imageShape == ImageShape(height: 8, width: 16, channels: channels))
      #expect(
        cropped.image(0)
          == BilinearResizer(from: (18, 9), to: (16, 8), channels: channels).resize(middle))
      #expect(
        try images(.stretch).image(0)
          == BilinearResizer(from: (40, 9), to: (16, 8), channels: channels)
          .resize(image.pixels))
      // 16 x 4, with bars of two rows above and below.
      let narrow = BilinearResizer(from: (40, 9), to: (16, 4), channels: channels)
        .resize(image.pixels)
      let padded = try images(.pad).image(0)
      #expect(Array(padded[(2 * 16 * channels)..<(6 * 16 * channels)]) == narrow)
      #expect(padded.prefix(channels).elementsEqual(padded.suffix(channels)))
      #expect(cropped.preparation?.oblongCount == 1)
    }
    let fitting = Image.noise(width: 32, height: 16, channels: 1, seed: 8)
    #expect(try prepared(fitting, .crop, size: size).preparation?.oblongCount == 0)
  }

  @Test("the size is 32 for images that fit in it, else 64")
  func guessedSize() throws {
    for (width, height, size) in [(28, 28, 32), (32, 32, 32), (20, 33, 64), (300, 10, 64)] {
      let images = try prepared(Image(width: width, height: height), .crop, size: nil)
      #expect(images.imageShape.size == ImageSize(side: size), "\(width)x\(height)")
    }
  }

  @Test("the report names the smallest and the largest sides")
  func sizes() throws {
    try folder.write(Image(width: 30, height: 5).pngBytes(), as: "a.png")
    let report = try #require(try prepared(Image(width: 7, height: 20), .crop).preparation)
    #expect([report.smallest.width, report.smallest.height] == [7, 5])
    #expect([report.largest.width, report.largest.height] == [30, 20])
  }
}
