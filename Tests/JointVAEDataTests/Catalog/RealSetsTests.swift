import JointVAE
import JointVAEData
import TestSupport
import Testing

/// The numbers are those of each set's PROVENANCE.md.
@Suite(
  "The real data sets hold what their provenance says",
  .enabled(if: SharedFiles.data.has("four-shapes"), "the data sets are not there"))
struct RealSetsTests {
  struct Expectation: Sendable, CustomTestStringConvertible {
    var name: String
    /// Below the folder of data sets.
    var path: String
    var split: DataSplit?
    var shape: ImageShape
    var counts: [String: Int]
    var total: Int
    var border: PreparationReport.Border
    var testDescription: String { "\(path) \(split.map(\.rawValue) ?? "")" }

    init(
      _ name: String, _ path: String? = nil, _ split: DataSplit? = nil, size: Int = 32,
      _ border: PreparationReport.Border = .dark, total: Int = 0, counts: [String: Int] = [:]
    ) {
      self.name = name
      self.path = path ?? name
      self.split = split
      shape = ImageShape(size: size)
      self.border = border
      self.counts = counts
      self.total = max(total, counts.values.reduce(0, +))
    }
  }

  private static func equal(_ names: [String], _ count: Int) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, count) })
  }

  private static let symbols =
    (0...9).map(String.init) + ["dot", "minus", "plus", "slash", "w", "x", "y", "z"]
  private static let operators = [
    "addition_plus", "division_obelus", "division_slash", "multiplication_cross",
    "multiplication_dot", "subtraction_minus",
  ]
  private static let fashion = KnownDataSet.named("fashion-mnist")?.classNames ?? []
  private static let arabic = KnownDataSet.named("arabic-characters")?.classNames ?? []
  private static let letters = (65...90).map { String(UnicodeScalar(UInt8($0))) }
  private static let natural = [
    66, 28, 191, 30, 39, 2, 10, 19, 1, 22, 12, 49, 39, 106, 988, 103, 11, 45, 733, 154, 253, 0, 37,
    14, 37, 11,
  ]

  static let expectations: [Expectation] = [
    Expectation(
      "four-shapes", size: 64, .light,
      counts: ["circle": 3720, "square": 3765, "star": 3765, "triangle": 3720]),
    Expectation("arabic-characters", nil, .train, counts: equal(arabic, 480)),
    Expectation("arabic-characters", nil, .test, counts: equal(arabic, 120)),
    Expectation("math-symbols", nil, .train, .light, counts: equal(symbols, 1350)),
    Expectation("math-symbols", nil, .test, .light, counts: equal(symbols, 150)),
    Expectation(
      "", "math-symbols-mdas", .train,
      counts: equal(operators, 800).merging(
        equal(["addition_plus", "multiplication_cross", "multiplication_dot"], 801)
      ) { $1 }),
    Expectation(
      "", "math-symbols-mdas", .test,
      counts: equal(operators, 100).merging(
        equal(["addition_plus", "multiplication_cross", "multiplication_dot"], 101)
      ) { $1 }),
    Expectation("fashion-mnist", nil, .train, counts: equal(fashion, 6000)),
    Expectation("fashion-mnist", nil, .test, counts: equal(fashion, 1000)),
    Expectation(
      "az-letters", "az/A_Z_Handwritten_Data.balanced2990.csv.gz", counts: equal(letters, 115)),
    Expectation(
      "az-letters", "az/A_Z_Handwritten_Data.natural3000.csv.gz",
      counts: Dictionary(uniqueKeysWithValues: zip(letters, natural))),
    Expectation("dsprites", "dsprites-small/dsprites_100_imgs.npz", size: 64, total: 100),
    Expectation("chairs", "chairs-small", size: 64, .light, total: 100),
  ]

  @Test("images, classes, size and polarity", arguments: expectations)
  func counts(expected: Expectation) throws {
    let path = SharedFiles.data.path(expected.path)
    let images = try plainCatalog.load(
      expected.name.isEmpty
        ? DataSetRequest(path, split: expected.split)
        : DataSetRequest(expected.name, path: path, split: expected.split))
    #expect(images.count == expected.total)
    #expect(images.imageShape == expected.shape)
    #expect(images.split == expected.split)
    let counts = zip(images.classNames, images.classCounts).map { ($0, $1) }
    #expect(Dictionary(uniqueKeysWithValues: counts) == expected.counts)
    let report = try #require(images.preparation)
    #expect(report.brokenImageCount == 0)
    #expect(report.border == expected.border)
    #expect(report.isInverted == (expected.border == .light))
  }

  @Test("dsprites with latents has their factors and its shapes as labels")
  func dsprites() throws {
    let images = try plainCatalog.load(
      DataSetRequest(
        "dsprites", path: SharedFiles.data.path("dsprites-small/dsprites_12_with_latents.npz")))
    #expect(images.count == 12 && images.classNames == ["square", "ellipse", "heart"])
    #expect(images.labels?.count == 12 && !images.factors.isEmpty)
    #expect(images.factors.allSatisfy { $0.values.count == 12 })
  }

  @Test("mnist+math-symbols has the digits of both, and the operators behind them")
  func union() throws {
    let roots = DataRoots(folders: [SharedFiles.data.folder])
    let request = DataSetRequest("mnist+math-symbols", split: .test)
    let images = try DataSetCatalog(roots: roots).load(request)
    #expect(images.classNames == Self.symbols)
    #expect(images.count == 10_000 + 2700)
    #expect(images.classCounts[0] == 980 + 150 && images.classCounts[12] == 150)
  }
}
