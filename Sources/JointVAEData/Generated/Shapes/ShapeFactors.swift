import JointVAEFiles
import JointVAEKernels

/// All that determines a drawn shape. Lengths are shares of the image's side, so that every image
/// size shows the same picture.
public struct ShapeFactors: Hashable, Codable, Sendable {
  /// What is drawn.
  public var shape: ShapeClass
  /// The radius of the circle that has the shape's area, in image sides.
  public var size: Double
  /// By how much it is turned counterclockwise, from upright, in radians.
  public var rotation: Double
  /// Where its center of gravity is from the left border, in image sides.
  public var x: Double
  /// Where its center of gravity is from the upper border, in image sides.
  public var y: Double

  /// A shape.
  public init(shape: ShapeClass, size: Double, rotation: Double, x: Double, y: Double) {
    self.shape = shape
    self.size = size
    self.rotation = rotation
    self.x = x
    self.y = y
  }

  // Where a shape lies and how large it is must not outweigh, in pixels, which shape it is: a model
  // spends its few categories on what explains the most of a picture.

  /// Sizes of generated shapes, in image sides.
  public static let sizes = 0.22...0.28
  /// Rotations of generated shapes, in radians, small enough that no shape turns into itself.
  public static let rotations = -Double.pi / 9...Double.pi / 9
  /// Positions of generated shapes in both directions, in image sides.
  public static let positions = 0.453...0.547

  /// The factors of generated image `index`.
  ///
  /// Classes take turns; the rest is uniform in its range. A circle has no rotation: its value is
  /// 0.
  init(seed: UInt64, split: DataSplit, index: Int) {
    let purpose: RandomPurpose =
      switch split {
      case .train, .all: .trainingShapes
      case .test: .testShapes
      }
    var random = RandomSequence(seed: seed, purpose: purpose, index: index)
    shape = ShapeClass.allCases[index % ShapeClass.allCases.count]
    size = random.number(in: Self.sizes)
    x = random.number(in: Self.positions)
    y = random.number(in: Self.positions)
    rotation = shape.symmetryAngle == nil ? 0 : random.number(in: Self.rotations)
  }
}

extension ShapeFactors {
  /// The shape's corners in an image of `imageSize` pixels a side, clockwise on the screen.
  func corners(imageSize: Int) -> [Point] {
    let side = Double(imageSize)
    // y points down, so that a turn counterclockwise is one by a negative angle.
    let (sine, cosine) = Angle.sineAndCosine(-rotation)
    return shape.outline.map { corner in
      Point(
        x: (x + size * (cosine * corner.x - sine * corner.y)) * side,
        y: (y + size * (sine * corner.x + cosine * corner.y)) * side)
    }
  }

  /// The picture of the shape in `imageSize` pixels a side: `[y, x]`, 0 black to 255 white, each
  /// pixel as bright as the share of it that the shape covers.
  ///
  /// - Precondition: the shape lies inside the image.
  public func drawn(imageSize: Int) -> [UInt8] {
    var canvas = PolygonCoverage(size: imageSize)
    return [UInt8](filling: imageSize * imageSize) { buffer, initialized in
      canvas.draw(corners(imageSize: imageSize), to: buffer)
      initialized = imageSize * imageSize
    }
  }
}
