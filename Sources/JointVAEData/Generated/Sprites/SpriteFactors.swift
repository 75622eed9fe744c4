import JointVAEFiles

/// All that determines a sprite: a place on the grid of dSprites, or between its lines.
public struct SpriteFactors: Hashable, Codable, Sendable {
  /// What is drawn.
  public var shape: SpriteShape
  /// How large it is; 1 is the largest on the grid, 0.5 the smallest.
  public var scale: Double
  /// By how much it is turned counterclockwise, in radians.
  public var orientation: Double
  /// Where the middle of its unturned box is: from 0, a quarter of the image from the left border,
  /// to 1, a quarter from the right one.
  public var x: Double
  /// Where the middle of its unturned box is: from 0, a quarter of the image from the upper border,
  /// to 1, a quarter from the lower one.
  public var y: Double

  /// A sprite.
  public init(shape: SpriteShape, scale: Double, orientation: Double, x: Double, y: Double) {
    self.shape = shape
    self.scale = scale
    self.orientation = orientation
    self.x = x
    self.y = y
  }

  /// The 6 scales of the grid.
  public static let scales = values(count: 6, in: 0.5...1)
  /// The 40 orientations of the grid, in radians. The last is a full turn, so that it looks like
  /// the first, as in dSprites.
  public static let orientations = values(count: 40, in: 0...2 * .pi)
  /// The 32 positions of the grid, in both directions.
  public static let positions = values(count: 32, in: 0...1)
  /// The number of sprites on the grid: 737,280.
  public static let gridCount =
    SpriteShape.allCases.count * scales.count * orientations.count * positions.count
    * positions.count

  /// Sprite `gridIndex` of dSprites: of all combinations in order, the vertical position changes
  /// fastest, then the horizontal one, the orientation, the scale and the shape.
  ///
  /// - Precondition: `gridIndex` is a number below `gridCount`.
  public init(gridIndex: Int) {
    precondition((0..<Self.gridCount).contains(gridIndex), "the grid has no such sprite")
    var rest = gridIndex
    func digit(_ base: Int) -> Int {
      defer { rest /= base }
      return rest % base
    }
    y = Self.positions[digit(Self.positions.count)]
    x = Self.positions[digit(Self.positions.count)]
    orientation = Self.orientations[digit(Self.orientations.count)]
    scale = Self.scales[digit(Self.scales.count)]
    shape = SpriteShape.allCases[digit(SpriteShape.allCases.count)]
  }

  /// `count` numbers at equal distances, from the beginning of `range` to its end.
  private static func values(count: Int, in range: ClosedRange<Double>) -> [Double] {
    let width = range.upperBound - range.lowerBound
    return (0..<count).map { step in
      range.lowerBound + width * Double(step) / Double(count - 1)
    }
  }
}

extension SpriteFactors {
  /// The sprite's corners in an image of `imageSize` pixels a side, clockwise on the screen.
  func corners(imageSize: Int) -> [Point] {
    let side = Double(imageSize)
    // y points down, so that a turn counterclockwise is one by a negative angle.
    let (sine, cosine) = Angle.sineAndCosine(-orientation)
    let (across, down) = (scale * side * cosine, scale * side * sine)
    let center = Point(x: (0.25 + 0.5 * x) * side, y: (0.25 + 0.5 * y) * side)
    return shape.outline.map { corner in
      Point(
        x: center.x + across * corner.x - down * corner.y,
        y: center.y + down * corner.x + across * corner.y)
    }
  }

  /// The picture of the sprite in `imageSize` pixels a side: `[y, x]`, 0 black to 255 white, each
  /// pixel as bright as the share of it that the sprite covers.
  ///
  /// - Precondition: the sprite lies inside the image, as all on the grid do.
  public func drawn(imageSize: Int) -> [UInt8] {
    var canvas = PolygonCoverage(size: imageSize)
    return [UInt8](filling: imageSize * imageSize) { buffer, initialized in
      canvas.draw(corners(imageSize: imageSize), to: buffer)
      initialized = imageSize * imageSize
    }
  }
}
