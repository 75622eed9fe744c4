/// Draws the data set `sprites`: the squares, ellipses and hearts of dSprites (Matthey, Higgins,
/// Hassabis and Lerchner 2017), white on black with smooth edges.
///
/// There are 737,280 of them, one for every combination of 3 shapes, 6 scales, 40 orientations and
/// 32 positions in either direction. A seed puts them in an order without repetition. Images to
/// learn from are taken from its beginning and images to measure with from its end, so that the two
/// have none in common as long as they are no more than 737,280 together. All images take 3 GB of
/// memory at 64x64, the size that those of dSprites have.
public struct SpriteGenerator: GeneratedDataSet {
  /// All that determines an image.
  public typealias Factors = SpriteFactors

  /// The name of the data set.
  public static let name = "sprites"
  /// What the images show.
  public static let summary =
    "squares, ellipses and hearts as in dSprites, 64x64, generated on the spot"
  /// The names of the classes, in the order of their numbers.
  public static let classNames = SpriteShape.allCases.map(\.rawValue)
  /// Height and width in pixels where the caller gives none.
  public static let defaultSize = 64
  /// The number of different images; nil for no limit.
  public static var largestCount: Int? { SpriteFactors.gridCount }
  /// What is known of every image.
  public static let factors: [GeneratedFactor<SpriteFactors>] = [
    GeneratedFactor("shape", .classNumber) { Double(classNumber(of: $0)) },
    GeneratedFactor("scale", .ratio) { $0.scale },
    GeneratedFactor("orientation", .radians) { $0.orientation },
    GeneratedFactor("x", .ratio) { $0.x },
    GeneratedFactor("y", .ratio) { $0.y },
  ]

  /// The seed of the order.
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
  /// - Precondition: `index` is a number below 737,280.
  public func factors(of index: Int) -> SpriteFactors {
    SpriteFactors(gridIndex: gridIndex(of: index))
  }

  /// Which sprite of dSprites' order image `index` is: see `SpriteFactors.init(gridIndex:)`.
  ///
  /// - Precondition: `index` is a number below 737,280.
  public func gridIndex(of index: Int) -> Int {
    let order = ShuffledNumbers(
      count: SpriteFactors.gridCount, seed: seed, purpose: .spriteOrder)
    return switch split {
    case .train, .all: order[index]
    case .test: order[order.count - 1 - index]
    }
  }

  /// The class that an image of `factors` shows.
  public static func classNumber(of factors: SpriteFactors) -> Int {
    SpriteShape.allCases.firstIndex(of: factors.shape) ?? 0
  }

  /// A pen for images of `size` pixels a side.
  public static func pen(size: Int) -> Pen {
    var canvas = PolygonCoverage(size: size)
    return { factors, image in canvas.draw(factors.corners(imageSize: size), to: image) }
  }
}
