import JointVAE
import JointVAEData
import JointVAEKernels
import Testing

/// Images of one gray value, the class of which is whether it is bright.
private struct Grays: GeneratedDataSet {
  typealias Factors = UInt8

  static let name = "grays"
  static let summary = "plain gray"
  static let classNames = ["dark", "bright"]
  static let defaultSize = 16
  static let largestCount: Int? = 256
  static let factors = [GeneratedFactor<UInt8>("gray", .ratio) { Double($0) / 255 }]

  var seed: UInt64
  var split: DataSplit

  func factors(of index: Int) -> UInt8 { UInt8(truncatingIfNeeded: index + Int(seed)) }
  static func classNumber(of factors: UInt8) -> Int { factors < 128 ? 0 : 1 }
  static func pen(size: Int) -> Pen { { gray, image in image.update(repeating: gray) } }
}

@Suite("Generated data sets are types that are listed once")
struct GeneratedDataSetTests {
  @Test("a new one is a type that draws an image of its factors")
  func newDataSet() throws {
    let images = try Grays(seed: 127, split: .test).images(count: 3)
    #expect(images.name == "grays" && images.part == "test")
    #expect(images.origin == "generated from seed 127")
    #expect(images.imageShape == ImageShape(size: 16))
    let pixels: [UInt8] = ([127, 128, 129] as [UInt8]).flatMap {
      [UInt8](repeating: $0, count: 256)
    }
    #expect(images.bytes == pixels)
    #expect(images.labels == [0, 1, 1] && images.classNames == ["dark", "bright"])
    #expect(images.factors.map(\.name) == ["gray"])
    let grays: [Double] = [127.0, 128.0, 129.0].map { $0 / 255 }
    #expect(images.factors[0].values == grays)
    #expect(throws: ConfigurationError.self) {
      try Grays(seed: 0, split: .train).images(count: 257)
    }
  }

  @Test("the catalog draws every listed one by its name")
  func listed() throws {
    #expect(GeneratedDataSets.all.map { $0.name } == ["shapes", "shapes-rgb", "sprites", "glyphs"])
    for set in GeneratedDataSets.all {
      let known = try #require(KnownDataSet.named(set.name))
      #expect(known.source == .generated && known.summary == set.summary)
      let images = try plainCatalog.load(DataSetRequest(set.name, split: .test, limit: 5))
      let drawn = try set.init(seed: DataSetRequest(set.name).seed, split: .test).images(count: 5)
      #expect(images.bytes == drawn.bytes && images.classNames == set.classNames)
    }
    let generated = KnownDataSet.all.filter { $0.source == .generated }
    #expect(generated.map(\.name) == GeneratedDataSets.all.map { $0.name })
  }
}
