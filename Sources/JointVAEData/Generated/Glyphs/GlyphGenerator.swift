/// Draws the data set `glyphs`: digits and capitals as if written by hand, white on black.
///
/// Its factors are everything but the trembling of the hand.
public struct GlyphGenerator: GeneratedDataSet {
  /// All that determines an image.
  public typealias Factors = GlyphFactors

  /// The name of the data set.
  public static let name = "glyphs"
  /// What the images show.
  public static let summary =
    "digits and capitals as if written by hand, generated on the spot"
  /// The names of the classes, in the order of their numbers.
  public static let classNames = GlyphClass.allCases.map(\.rawValue)
  /// Height and width in pixels where the caller gives none.
  public static let defaultSize = 32
  /// What is known of every image.
  public static let factors: [GeneratedFactor<GlyphFactors>] = [
    GeneratedFactor("glyph", .classNumber) { Double(classNumber(of: $0)) },
    GeneratedFactor("slant", .ratio) { $0.slant },
    GeneratedFactor("width", .imageSides) { $0.width },
    GeneratedFactor("scale", .imageSides) { $0.scale },
    GeneratedFactor("aspect", .ratio) { $0.aspect },
    GeneratedFactor("rotation", .radians) { $0.rotation },
    GeneratedFactor("x", .imageSides) { $0.x },
    GeneratedFactor("y", .imageSides) { $0.y },
  ]

  /// The seed of the images.
  public var seed: UInt64
  /// Whether to draw images to learn from, or others to measure with.
  public var split: DataSplit

  /// A generator of the images of `seed`.
  public init(seed: UInt64, split: DataSplit = .train) {
    self.seed = seed
    self.split = split
  }

  /// The factors of image `index`, counted from 0.
  ///
  /// - Precondition: `index` is not negative.
  public func factors(of index: Int) -> GlyphFactors {
    GlyphFactors(seed: seed, split: split, index: index)
  }

  /// The class that an image of `factors` shows.
  public static func classNumber(of factors: GlyphFactors) -> Int {
    GlyphClass.allCases.firstIndex(of: factors.glyph) ?? 0
  }

  /// A pen for images of `size` pixels a side.
  public static func pen(size: Int) -> Pen {
    var canvas = StrokeCoverage(size: size)
    return { factors, image in
      canvas.draw(factors.lines(imageSize: size), width: factors.width * Double(size), to: image)
    }
  }
}
