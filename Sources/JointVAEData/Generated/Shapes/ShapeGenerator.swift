/// Draws the data set `shapes`: circles, squares, stars and triangles, white on black.
public struct ShapeGenerator: GeneratedDataSet {
  /// All that determines an image.
  public typealias Factors = ShapeFactors

  /// The name of the data set.
  public static let name = "shapes"
  /// What the images show.
  public static let summary = "circles, squares, stars and triangles, generated on the spot"
  /// The names of the classes, in the order of their numbers.
  public static let classNames = ShapeClass.allCases.map(\.rawValue)
  /// Height and width in pixels where the caller gives none.
  public static let defaultSize = 32
  /// What is known of every image.
  public static let factors: [GeneratedFactor<ShapeFactors>] = [
    GeneratedFactor("shape", .classNumber) { Double(classNumber(of: $0)) },
    GeneratedFactor("size", .imageSides) { $0.size },
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
  public func factors(of index: Int) -> ShapeFactors {
    ShapeFactors(seed: seed, split: split, index: index)
  }

  /// The class that an image of `factors` shows.
  public static func classNumber(of factors: ShapeFactors) -> Int {
    ShapeClass.allCases.firstIndex(of: factors.shape) ?? 0
  }

  /// A pen for images of `size` pixels a side.
  public static func pen(size: Int) -> Pen {
    var canvas = PolygonCoverage(size: size)
    return { factors, image in canvas.draw(factors.corners(imageSize: size), to: image) }
  }
}
