/// Draws the data set `glyphs`: digits and capitals as if written by hand, white on black, of which
/// everything but the trembling of the hand is told as factors.
///
/// Image `i` is a function of the seed, the part and `i`, to the last bit, whatever the number of
/// images, threads or the kind of processor.
public struct GlyphGenerator: Hashable, Sendable {
  /// What the images are drawn from.
  public var seed: UInt64
  /// Whether to draw images to learn from, or others to measure with.
  public var split: DataSplit

  /// A generator of the images of `seed`.
  public init(seed: UInt64, split: DataSplit = .train) {
    self.seed = seed
    self.split = split
  }

  /// How many images are drawn when nobody says: 20,000 to learn from, 2,000 to measure with.
  public static func defaultCount(_ split: DataSplit) -> Int { split == .train ? 20_000 : 2_000 }

  /// Draws images 0 to `count - 1`.
  ///
  /// - Parameters:
  ///   - count: nil for `defaultCount`.
  ///   - size: height and width in pixels: a power of two from 16 to 128.
  ///   - threads: nil for one a core.
  /// - Returns: gray images with labels and the factors `glyph`, `slant`, `width`, `scale`,
  ///   `aspect`, `rotation`, `x` and `y`.
  /// - Throws: `ConfigurationError` for another size, a count below 1, or one that does not fit
  ///   this machine's memory.
  public func images(
    count: Int? = nil, size: Int = 32, threads: Int? = nil
  ) throws -> LabeledImages {
    let drawing = try GeneratedImages(count: count ?? Self.defaultCount(split), size: size)
    let factors = (0..<drawing.count).map { self.factors(of: $0) }
    let pixels = try drawing.pixels(threads: threads, canvas: StrokeCoverage(size: size)) {
      canvas, index, image in
      let factors = factors[index]
      canvas.draw(
        factors.lines(imageSize: size), width: factors.width * Double(size), to: image)
    }
    let labels = (0..<drawing.count).map { $0 % GlyphClass.allCases.count }
    return try LabeledImages(
      name: "glyphs", part: split.rawValue, origin: "generated from seed \(seed)",
      imageShape: drawing.imageShape, pixels: pixels, labels: labels,
      classNames: GlyphClass.allCases.map(\.rawValue),
      factors: [
        KnownFactor(name: "glyph", unit: .classNumber, values: labels.map(Double.init)),
        KnownFactor(name: "slant", unit: .ratio, values: factors.map(\.slant)),
        KnownFactor(name: "width", unit: .imageSides, values: factors.map(\.width)),
        KnownFactor(name: "scale", unit: .imageSides, values: factors.map(\.scale)),
        KnownFactor(name: "aspect", unit: .ratio, values: factors.map(\.aspect)),
        KnownFactor(name: "rotation", unit: .radians, values: factors.map(\.rotation)),
        KnownFactor(name: "x", unit: .imageSides, values: factors.map(\.x)),
        KnownFactor(name: "y", unit: .imageSides, values: factors.map(\.y)),
      ])
  }

  /// What image `index` shows.
  ///
  /// - Precondition: `index` is not negative.
  public func factors(of index: Int) -> GlyphFactors {
    GlyphFactors(seed: seed, split: split, index: index)
  }
}
