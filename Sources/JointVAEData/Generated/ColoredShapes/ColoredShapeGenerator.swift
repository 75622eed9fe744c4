/// Draws the data set `shapes-rgb`: circles, squares, stars and triangles in eight colors on eight backgrounds.
public struct ColoredShapeGenerator: GeneratedDataSet {
  /// All that determines an image.
  public typealias Factors = ColoredShapeFactors

  /// The name of the data set.
  public static let name = "shapes-rgb"
  /// What the images show.
  public static let summary =
    "colored circles, squares, stars and triangles, 64x64, generated on the spot"
  /// The names of the classes, in the order of their numbers.
  public static let classNames = ShapeClass.allCases.map(\.rawValue)
  /// Height and width in pixels where the caller gives none.
  public static let defaultSize = 64
  /// Red, green and blue.
  public static let channels = 3
  /// What is known of every image.
  public static let factors: [GeneratedFactor<ColoredShapeFactors>] = [
    GeneratedFactor("shape", .classNumber) { Double(classNumber(of: $0)) },
    GeneratedFactor("color", .classNumber) { Double($0.color) },
    GeneratedFactor("size", .imageSides) { $0.shape.size },
    GeneratedFactor("rotation", .radians) { $0.shape.rotation },
    GeneratedFactor("x", .imageSides) { $0.shape.x },
    GeneratedFactor("y", .imageSides) { $0.shape.y },
    GeneratedFactor("background", .classNumber) { Double($0.background) },
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
  public func factors(of index: Int) -> ColoredShapeFactors {
    ColoredShapeFactors(seed: seed, split: split, index: index)
  }

  /// The class that an image of `factors` shows.
  public static func classNumber(of factors: ColoredShapeFactors) -> Int {
    ShapeGenerator.classNumber(of: factors.shape)
  }

  /// A pen for images of `size` pixels a side.
  public static func pen(size: Int) -> Pen {
    var canvas = PolygonCoverage(size: size)
    return { factors, image in
      let (front, back) = (factors.shapeColor, factors.backgroundColor)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size * size) { coverage in
        canvas.draw(factors.shape.corners(imageSize: size), to: coverage)
        for pixel in 0..<size * size {
          let share = Int(coverage[pixel])
          for channel in 0..<3 {
            let mixed = Int(front[channel]) * share + Int(back[channel]) * (255 - share)
            image[3 * pixel + channel] = UInt8((mixed + 127) / 255)
          }
        }
      }
    }
  }
}
