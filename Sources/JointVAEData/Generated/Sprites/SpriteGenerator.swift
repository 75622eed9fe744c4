/// Draws the data set `sprites`: the squares, ellipses and hearts of dSprites (Matthey, Higgins,
/// Hassabis and Lerchner 2017), white on black with smooth edges, of which everything is known.
///
/// There are 737,280 of them, one for every combination of 3 shapes, 6 scales, 40 orientations and
/// 32 positions in either direction. A seed puts them in an order without repetition. Images to
/// learn from are taken from its beginning and images to measure with from its end, so that the two
/// have none in common as long as they are no more than 737,280 together. Image `i` is a function
/// of the seed, the part and `i`, whatever the number of images or threads.
public struct SpriteGenerator: Hashable, Sendable {
  /// What chooses the order.
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
  ///   - count: up to 737,280, which take 3 GB of memory at 64x64; nil for `defaultCount`.
  ///   - size: height and width in pixels: a power of two from 16 to 128. Those of dSprites have 64.
  ///   - threads: nil for one a core.
  /// - Returns: gray images with labels and the factors `shape`, `scale`, `orientation`, `x` and
  ///   `y`, with the values they have in dSprites.
  /// - Throws: `ConfigurationError` for another size, a count below 1 or above 737,280, or one that
  ///   does not fit this machine's memory.
  public func images(
    count: Int? = nil, size: Int = 64, threads: Int? = nil
  ) throws -> LabeledImages {
    let drawing = try GeneratedImages(
      count: count ?? Self.defaultCount(split), size: size, available: SpriteFactors.gridCount)
    let order = self.order
    let factors = (0..<drawing.count).map { SpriteFactors(gridIndex: gridIndex(of: $0, order)) }
    let pixels = try drawing.pixels(threads: threads, canvas: PolygonCoverage(size: size)) {
      canvas, index, image in
      canvas.draw(factors[index].corners(imageSize: size), to: image)
    }
    let labels = factors.map { SpriteShape.allCases.firstIndex(of: $0.shape) ?? 0 }
    return try LabeledImages(
      name: "sprites", part: split.rawValue, origin: "generated from seed \(seed)",
      imageShape: drawing.imageShape, pixels: pixels, labels: labels,
      classNames: SpriteShape.allCases.map(\.rawValue),
      factors: [
        KnownFactor(name: "shape", unit: .classNumber, values: labels.map(Double.init)),
        KnownFactor(name: "scale", unit: .ratio, values: factors.map(\.scale)),
        KnownFactor(name: "orientation", unit: .radians, values: factors.map(\.orientation)),
        KnownFactor(name: "x", unit: .ratio, values: factors.map(\.x)),
        KnownFactor(name: "y", unit: .ratio, values: factors.map(\.y)),
      ])
  }

  /// What image `index` shows.
  ///
  /// - Precondition: `index` is a number below 737,280.
  public func factors(of index: Int) -> SpriteFactors {
    SpriteFactors(gridIndex: gridIndex(of: index))
  }

  /// Which sprite of dSprites' order image `index` is: see `SpriteFactors.init(gridIndex:)`.
  ///
  /// - Precondition: `index` is a number below 737,280.
  public func gridIndex(of index: Int) -> Int { gridIndex(of: index, order) }

  private var order: ShuffledNumbers {
    ShuffledNumbers(count: SpriteFactors.gridCount, seed: seed, purpose: .spriteOrder)
  }

  private func gridIndex(of index: Int, _ order: ShuffledNumbers) -> Int {
    switch split {
    case .train: order[index]
    case .test: order[order.count - 1 - index]
    }
  }
}
