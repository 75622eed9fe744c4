/// The three kinds of sprites, in the order of dSprites.
public enum SpriteShape: String, CaseIterable, Codable, Sendable {
  /// Four equal sides.
  case square
  /// An oval, wider than high.
  case ellipse
  /// A heart, its tip down.
  case heart

  /// The corners of an unturned sprite of scale 1, clockwise on the screen, around the middle
  /// of its box; x to the right and y down, in image sides.
  ///
  /// The lengths are those that meet the pixels of dSprites (Matthey, Higgins, Hassabis and
  /// Lerchner 2017) best; the curves are ours.
  package var outline: [Point] {
    switch self {
    case .square: Self.squareOutline
    case .ellipse: Self.ellipseOutline
    case .heart: Self.heartOutline
    }
  }

  private static let squareOutline = [(-0.15, -0.15), (0.15, -0.15), (0.15, 0.15), (-0.15, 0.15)]
    .map { Point(x: $0.0, y: $0.1) }

  /// 120 corners stay within 0.00007 image sides of the ellipse.
  private static let ellipseOutline = (0..<120).map { corner in
    let (sine, cosine) = Angle.sineAndCosine(2 * .pi * Double(corner) / 120)
    return Point(x: 0.2 * cosine, y: 0.1125 * sine)
  }

  /// Down the right side from the notch to the tip, and its mirror image up the left.
  private static let heartOutline: [Point] = {
    let lobe = BezierCurve(
      start: Point(x: 0, y: -0.0975), firstControl: Point(x: 0.045, y: -0.18),
      secondControl: Point(x: 0.15, y: -0.1455), end: Point(x: 0.15, y: -0.068))
    let side = BezierCurve(
      start: lobe.end, firstControl: Point(x: 0.15, y: 0.0245),
      secondControl: Point(x: 0.05, y: 0.047), end: Point(x: 0, y: 0.147))
    let right = lobe.points(count: 16) + side.points(count: 16) + [side.end]
    return right + right.dropFirst().dropLast().reversed().map { Point(x: -$0.x, y: $0.y) }
  }()
}
