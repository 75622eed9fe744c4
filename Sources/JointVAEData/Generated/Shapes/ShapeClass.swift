/// The four kinds of shapes that are drawn.
public enum ShapeClass: String, CaseIterable, Codable, Sendable {
  /// A disc.
  case circle
  /// Four equal sides.
  case square
  /// Five points.
  case star
  /// Three equal sides.
  case triangle

  /// The corners around the center of gravity, scaled to the area of a circle of radius 1; x to the
  /// right, y down.
  ///
  /// An unturned shape is upright: the square lies on a side, star and triangle point up.
  package var outline: [Point] {
    switch self {
    case .circle: Self.circleOutline
    case .square: Self.squareOutline
    case .star: Self.starOutline
    case .triangle: Self.triangleOutline
    }
  }

  /// The turn after which the shape looks the same again, in radians; nil for the circle, which
  /// always does.
  public var symmetryAngle: Double? {
    switch self {
    case .circle: nil
    case .square: .pi / 2
    case .star: 2 * .pi / 5
    case .triangle: 2 * .pi / 3
    }
  }

  /// Where a star's inner corners are, as a share of where its outer ones are. A pentagram has
  /// 0.38; a little more is easier to see in few pixels.
  private static let starWaist = 0.45

  /// 120 corners with the circle's area stay within 0.0005 radii of it.
  private static let circleOutline = polygon(radii: [1], count: 120)
  private static let squareOutline = polygon(radii: [1], count: 4, firstAngle: .pi / 4)
  private static let starOutline = polygon(
    radii: [1, starWaist], count: 10, firstAngle: -.pi / 2)
  private static let triangleOutline = polygon(radii: [1], count: 3, firstAngle: -.pi / 2)

  /// A polygon of `count` corners at equal angles, at distances that repeat `radii`, scaled to the
  /// area pi.
  private static func polygon(radii: [Double], count: Int, firstAngle: Double = 0) -> [Point] {
    let corners = (0..<count).map { corner in
      let angle = firstAngle + 2 * .pi * Double(corner) / Double(count)
      let (sine, cosine) = Angle.sineAndCosine(angle)
      let radius = radii[corner % radii.count]
      return Point(x: radius * cosine, y: radius * sine)
    }
    // Half the sum of the cross products of neighbors is the area.
    let following = corners[1...] + corners[..<1]
    let area = zip(corners, following).reduce(0) { $0 + ($1.0.x * $1.1.y - $1.1.x * $1.0.y) / 2 }
    let scale = (Double.pi / area).squareRoot()
    return corners.map { Point(x: $0.x * scale, y: $0.y * scale) }
  }
}
