/// Draws the data set `shapes`: circles, squares, stars and triangles, white on black.
public struct ShapeGenerator: GeneratedDataSet {
  public typealias Factors = ShapeFactors

  public static let name = "shapes"
  public static let summary = "circles, squares, stars and triangles, generated on the spot"
  public static let classNames = ShapeClass.allCases.map(\.rawValue)
  public static let defaultSize = 32
  public static let factors: [GeneratedFactor<ShapeFactors>] = [
    GeneratedFactor("shape", .classNumber) { Double(classNumber(of: $0)) },
    GeneratedFactor("size", .imageSides) { $0.size },
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
  public func factors(of index: Int) -> ShapeFactors {
    ShapeFactors(seed: seed, split: split, index: index)
  }

  public static func classNumber(of factors: ShapeFactors) -> Int {
    ShapeClass.allCases.firstIndex(of: factors.shape) ?? 0
  }

  public static func pen(size: Int) -> Pen {
    var canvas = PolygonCoverage(size: size)
    return { factors, image in canvas.draw(factors.corners(imageSize: size), to: image) }
  }
}
