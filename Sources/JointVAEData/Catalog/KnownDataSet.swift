/// A data set the catalog knows by name.
public struct KnownDataSet: Hashable, Sendable {
  /// What it is called on the command line.
  public var name: String
  /// What it shows, in one line.
  public var summary: String
  /// The names of its classes, in the order of their numbers.
  public var classNames: [String]
  /// How its images are come by.
  public var source: Source

  /// How images are come by.
  public enum Source: Hashable, Sendable {
    /// From IDX files with MNIST's names.
    case idxFiles
    /// Drawn by this package; nothing is read.
    case generatedShapes
    /// Drawn by this package, on the grid of dSprites; nothing is read.
    case generatedSprites
    /// Written by this package; nothing is read.
    case generatedGlyphs
  }

  /// All that are known.
  public static let all: [KnownDataSet] = [
    KnownDataSet(
      name: "shapes", summary: "circles, squares, stars and triangles, generated on the spot",
      classNames: ShapeClass.allCases.map(\.rawValue), source: .generatedShapes),
    KnownDataSet(
      name: "sprites",
      summary: "squares, ellipses and hearts as in dSprites, 64x64, generated on the spot",
      classNames: SpriteShape.allCases.map(\.rawValue), source: .generatedSprites),
    KnownDataSet(
      name: "glyphs", summary: "digits and capitals as if written by hand, generated on the spot",
      classNames: GlyphClass.allCases.map(\.rawValue), source: .generatedGlyphs),
    KnownDataSet(
      name: "mnist", summary: "70,000 handwritten digits, 28x28",
      classNames: (0...9).map(String.init), source: .idxFiles),
    KnownDataSet(
      name: "fashion-mnist", summary: "70,000 pieces of clothing, 28x28",
      classNames: [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ], source: .idxFiles),
  ]
}
