import JointVAEKernels

/// All that determines a colored shape. Lengths are shares of the image's side, so that every image size shows the same
/// picture.
public struct ColoredShapeFactors: Hashable, Codable, Sendable {
  /// The shape, its size, its turn and its place.
  public var shape: ShapeFactors
  /// The shape's color: a number of ``hues``, from 0.
  public var color: Int
  /// The background's color: a number of ``hues``, from 0. It is duller than a shape's of the same number.
  public var background: Int

  /// A colored shape.
  public init(shape: ShapeFactors, color: Int, background: Int) {
    self.shape = shape
    self.color = color
    self.background = background
  }

  // Of small shapes all over the image, a model learns place and color, and never the outline.

  /// Sizes of the shapes, in image sides.
  public static let sizes = ShapeFactors.sizes
  /// Positions of the shapes in both directions, in image sides: none leaves the image.
  public static let positions = ShapeFactors.positions
  /// Hues of shapes and backgrounds, as shares of the color circle: eight, from red over yellow to magenta.
  public static let hues = (0..<8).map { Double($0) / 8 }

  /// The factors of generated image `index`.
  ///
  /// Classes take turns; the rest is uniform in its range. A circle has no rotation: its value is 0.
  init(seed: UInt64, split: DataSplit, index: Int) {
    let purpose: RandomPurpose =
      switch split {
      case .train, .all: .trainingColoredShapes
      case .test: .testColoredShapes
      }
    var random = RandomSequence(seed: seed, purpose: purpose, index: index)
    let kind = ShapeClass.allCases[index % ShapeClass.allCases.count]
    let size = random.number(in: Self.sizes)
    let x = random.number(in: Self.positions)
    let y = random.number(in: Self.positions)
    let turn = random.number(in: ShapeFactors.rotations)
    shape = ShapeFactors(
      shape: kind, size: size, rotation: kind.symmetryAngle == nil ? 0 : turn, x: x, y: y)
    color = random.number(below: Self.hues.count)
    background = random.number(below: Self.hues.count)
  }
}

extension ColoredShapeFactors {
  /// Red, green and blue of the shape: full and bright.
  package var shapeColor: [UInt8] {
    Self.color(hue: Self.hues[color], saturation: 0.85, brightness: 1)
  }

  /// Red, green and blue of the background: dull and dark, so that a shape of its hue is seen on it.
  package var backgroundColor: [UInt8] {
    Self.color(hue: Self.hues[background], saturation: 0.6, brightness: 0.4)
  }

  /// A color of the hexagonal cone (Smith 1978), as bytes.
  private static func color(hue: Double, saturation: Double, brightness: Double) -> [UInt8] {
    [5, 3, 1].map { (offset: Double) in
      let place = (offset + 6 * hue).truncatingRemainder(dividingBy: 6)
      let share = max(0, min(place, 4 - place, 1))
      return UInt8((255 * brightness * (1 - saturation * share)).rounded())
    }
  }
}
