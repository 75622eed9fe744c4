/// Draws the data set `glyphs`: digits and capitals as if written by hand, white on black.
///
/// Its factors are everything but the trembling of the hand.
public struct GlyphGenerator: GeneratedDataSet {
  public typealias Factors = GlyphFactors

  public static let name = "glyphs"
  public static let summary =
    "digits and capitals as if written by hand, generated on the spot"
  public static let classNames = GlyphClass.allCases.map(\.rawValue)
  public static let defaultSize = 32
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

  public var seed: UInt64
  public var split: DataSplit

  public init(seed: UInt64, split: DataSplit = .train) {
    self.seed = seed
    self.split = split
  }

  /// - Precondition: `index` is not negative.
  public func factors(of index: Int) -> GlyphFactors {
    GlyphFactors(seed: seed, split: split, index: index)
  }

  public static func classNumber(of factors: GlyphFactors) -> Int {
    GlyphClass.allCases.firstIndex(of: factors.glyph) ?? 0
  }

  public static func pen(size: Int) -> Pen {
    var canvas = StrokeCoverage(size: size)
    return { factors, image in
      canvas.draw(factors.lines(imageSize: size), width: factors.width * Double(size), to: image)
    }
  }
}
