/// How far a copy of an image may be turned, sheared, scaled, moved and bent and still show the same
/// thing.
///
/// What is listed here is what the model is told to ignore when it sorts images into categories: a
/// set in which a turned 6 is a 9 must not be turned that far. Every amount is the largest of a
/// uniform choice on both sides of none.
public struct ImageTransformation: Hashable, Codable, Sendable {
  /// Turns, in degrees.
  public var rotation: Double
  /// Sideways shifts of the image's top against its bottom, as a share of its height.
  public var shear: Double
  /// Changes of width and of height, each by itself, as a share: 0.15 is from 85 % to 115 %.
  public var scale: Double
  /// Moves in each direction, as a share of the image's side.
  public var shift: Double
  /// Smooth displacements of single parts, as a share of the image's side.
  public var elastic: Double

  /// A transformation; what is left out is 0.
  public init(
    rotation: Double = 0, shear: Double = 0, scale: Double = 0, shift: Double = 0,
    elastic: Double = 0
  ) {
    self.rotation = rotation
    self.shear = shear
    self.scale = scale
    self.shift = shift
    self.elastic = elastic
  }

  /// What a writer's hand does to a character: ±15 degrees, a shear of 0.4, ±15 % in size, and 1.5
  /// pixels of 32 of moving and of bending.
  public static let handwriting = ImageTransformation(
    rotation: 15, shear: 0.4, scale: 0.15, shift: 1.5 / 32, elastic: 1.5 / 32)

  /// Characters whose dots and short strokes matter: turned, slanted, scaled and moved further than by `handwriting`, ±20
  /// degrees, a shear of 0.5, ±25 % and a twelfth of the side, but not bent, which takes dots together.
  public static let letters = ImageTransformation(
    rotation: 20, shear: 0.5, scale: 0.25, shift: 0.08)

  /// Shapes that are what they are whichever way they lie: any turn, ±15 % in size, 2 pixels of 32.
  public static let shapes = ImageTransformation(rotation: 180, scale: 0.15, shift: 2.0 / 32)

  /// Upright things, such as clothes: ±10 degrees, a shear of 0.2, ±25 % in size, moved by a twelfth of the side.
  public static let objects = ImageTransformation(
    rotation: 10, shear: 0.2, scale: 0.25, shift: 0.08)

  /// The same with every amount multiplied.
  func scaled(by factor: Double) -> ImageTransformation {
    ImageTransformation(
      rotation: rotation * factor, shear: shear * factor, scale: scale * factor,
      shift: shift * factor, elastic: elastic * factor)
  }

  /// - Throws: `ConfigurationError` naming the amount that cannot be.
  public func validate() throws {
    let amounts = [
      ("rotation", rotation, 180), ("shear", shear, 1), ("scale", scale, 0.5),
      ("shift", shift, 0.5), ("elastic", elastic, 0.5),
    ]
    for (name, value, largest) in amounts where !(value >= 0 && value <= largest) {
      throw ConfigurationError(name, "\(value)", expected: "from 0 to \(largest)")
    }
  }
}
