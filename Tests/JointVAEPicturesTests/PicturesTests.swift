import JointVAE
import JointVAEData
import JointVAEImages
import JointVAEMetrics
import JointVAEPictures
import Testing

struct PicturesTests {
  private let model: JointVAEModel
  private let images: LabeledImages

  init() throws {
    model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: [3, 2]))
    images = try DataSetCatalog().load(DataSetRequest("shapes", imageSize: 16, limit: 40))
  }

  @Test("Samples are the model's own, eight in a row with 2 pixels around them")
  func samples() throws {
    let picture = try Pictures.samples(of: model, count: 20, seed: 3)
    #expect((picture.width, picture.height) == (8 * 18 + 2, 3 * 18 + 2))
    let batch = try model.sample(20, seed: 3)
    for index in [0, 7, 8, 19] {
      #expect(tile(picture, index, columns: 8) == batch.bytes(of: index))
    }
    #expect(tile(picture, 20, columns: 8) == Array(repeating: 0, count: 256))
    let category = try Pictures.samples(of: model, count: 20, fixing: [.category(2)], seed: 3)
    let chosen = try model.sample(20, fixing: [.category(2)], seed: 3)
    #expect(tile(category, 5, columns: 8) == chosen.bytes(of: 5))
  }

  @Test("Fewer samples than columns make a narrower picture, a scale a larger one")
  func size() throws {
    let picture = try Pictures.samples(of: model, count: 3, scale: 2)
    #expect((picture.width, picture.height) == (3 * 36 + 4, 36 + 4))
  }

  @Test("Originals fill the upper half, each one's reconstruction stands in its place in the lower")
  func reconstructions() throws {
    let batch = ImageBatch(images, at: 0..<20)
    let picture = try Pictures.reconstructions(of: model, images: batch)
    #expect((picture.width, picture.height) == (8 * 18 + 2, 6 * 18 + 2))
    let reconstructed = try model.reconstruct(batch)
    for index in [0, 9, 19] {
      #expect(tile(picture, index, columns: 8) == images.image(index))
      #expect(tile(picture, 24 + index, columns: 8) == reconstructed.bytes(of: index))
    }
    #expect(tile(picture, 23, columns: 8) == Array(repeating: 0, count: 256))
  }

  @Test("Images of another size than the model's are refused")
  func otherSize() throws {
    let large = try DataSetCatalog().load(DataSetRequest("shapes", imageSize: 32, limit: 4))
    #expect(
      throws: ModelError.imageShape(images: ImageShape(size: 32), model: ImageShape(size: 16))
    ) { try Pictures.reconstructions(of: model, images: ImageBatch(large, at: 0..<4)) }
  }

  @Test("A picture of millions of images is refused before it takes memory")
  func tooLarge() throws {
    let room = 262_144
    func refusal(_ count: Int) -> ConfigurationError {
      ConfigurationError(
        "picture", "\(count) images of 16x16x1", expected: "at most \(room) of them")
    }
    #expect(throws: refusal(1_000_000_000_000)) {
      try Pictures.samples(of: model, count: 1_000_000_000_000)
    }
    let traversal = LatentTraversal(model.latents)
    #expect(throws: refusal(4_000_000)) {
      try Pictures.traversals(
        of: model, variables: model.latents.variables, from: traversal,
        count: 1_000_000)
    }
    #expect(throws: refusal(.max)) {
      try Pictures.grid(
        of: model, rows: .continuous(0), columns: .continuous(1), from: traversal,
        count: 1 << 40)
    }
    #expect(throws: refusal(.max)) { try Pictures.contactSheet(of: images, columns: .max) }
  }

  @Test("No images make no picture")
  func none() {
    #expect(throws: ImageError.self) { try Pictures.samples(of: model, count: 0) }
    #expect(throws: ImageError.self) {
      try Pictures.reconstructions(
        of: model, images: ImageBatch(shape: model.imageShape, values: []))
    }
  }

  @Test("A traversal has a row for each latent in the order asked for")
  func traversals() throws {
    let traversal = LatentTraversal(model.latents)
    let variables: [LatentVariable] = [.discrete(0), .continuous(1)]
    let picture = try Pictures.traversals(of: model, variables: variables, from: traversal)
    #expect((picture.width, picture.height) == (8 * 18 + 2, 2 * 18 + 2))
    let decoded = try model.decode(traversal.all(variables, count: 8))
    for index in [0, 7, 8, 15] {
      #expect(tile(picture, index, columns: 8) == decoded.bytes(of: index))
    }
  }

  @Test("KLs are written at the side and change nothing else")
  func labels() throws {
    let traversal = LatentTraversal(model.latents)
    let variables = model.latents.variables
    let plain = try Pictures.traversals(of: model, variables: variables, from: traversal)
    let kl = LatentInformation(continuous: [1.25, 0], discrete: [0.5, 0.25])
    let labeled = try Pictures.traversals(
      of: model, variables: variables, from: traversal, kl: kl)
    #expect(labeled.width > plain.width)
    #expect(labeled.height == plain.height)
    let margin = labeled.width - plain.width
    for y in 0..<plain.height {
      #expect(
        labeled.pixels[y * labeled.width + margin..<(y + 1) * labeled.width]
          == plain.pixels[y * plain.width..<(y + 1) * plain.width])
    }
  }

  @Test("A grid has a row for each point of its first latent and a column for each of its second")
  func grid() throws {
    let traversal = LatentTraversal(model.latents)
    let picture = try Pictures.grid(
      of: model, rows: .continuous(0), columns: .discrete(0), from: traversal, count: 5)
    #expect((picture.width, picture.height) == (3 * 18 + 2, 5 * 18 + 2))
    let vector = try model.decode(
      LatentTraversal(
        around: traversal.code(discrete: 0, category: 2)
      ).line(.continuous(0), count: 5))
    #expect(tile(picture, 4 * 3 + 2, columns: 3) == vector.bytes(of: 4))
  }

  @Test("A contact sheet has a row a class")
  func contactSheet() throws {
    let sheet = try Pictures.contactSheet(of: images, columns: 4)
    #expect(sheet.height == images.classNames.count * 18 + 2)
    let labels = try #require(images.labels)
    let second = try #require(labels.indices.filter { labels[$0] == 1 }.dropFirst(2).first)
    let left = sheet.width - (4 * 18 + 2)
    #expect(tile(sheet, 4 + 2, columns: 4, left: left) == images.image(second))
  }

  @Test("A contact sheet of images without labels shows them from the first on")
  func unlabeled() throws {
    let plain = try LabeledImages(
      name: "plain", origin: "test", imageShape: images.imageShape,
      pixels: (0..<9).flatMap { images.image($0) })
    let sheet = try Pictures.contactSheet(of: plain, columns: 4)
    #expect((sheet.width, sheet.height) == (4 * 18 + 2, 3 * 18 + 2))
    #expect(tile(sheet, 8, columns: 4) == images.image(8))
  }

  @Test("Images are taken from equal parts of a set")
  func evenly() {
    let batch = ImageBatch(evenlyFrom: images, count: 4)
    for part in 0..<4 {
      let images = (10 * part..<10 * part + 10).map { self.images.image($0) }
      #expect(images.contains(batch.bytes(of: part)))
    }
    #expect(ImageBatch(evenlyFrom: images, count: 99).count == 40)
  }

  /// The values of image `index` of a grid of 16x16 images.
  private func tile(_ picture: Image, _ index: Int, columns: Int, left: Int = 0) -> [UInt8] {
    let x = left + 2 + index % columns * 18
    let y = 2 + index / columns * 18
    var values: [UInt8] = []
    for row in y..<y + 16 {
      let start = row * picture.width + x
      values += picture.pixels[start..<start + 16]
    }
    return values
  }
}
