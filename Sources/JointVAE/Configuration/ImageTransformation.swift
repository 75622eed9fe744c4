/// How far a copy of an image may be turned, sheared, scaled, moved, bent and lit otherwise and still show the
/// same thing.
///
/// What is listed here is what the model learns to ignore when it sorts images into categories: a
/// set in which a turned 6 is a 9 must not be turned that far. Every amount but the chance to be mirrored is the
/// largest of a uniform choice on both sides of none.
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
  /// Changes of brightness, as a share: 0.5 multiplies all values by 0.5 to 1.5 and cuts them at white.
  public var brightness: Double
  /// The chance to be mirrored, left for right.
  public var mirroring: Double

  /// A transformation; what is left out is 0.
  public init(
    rotation: Double = 0, shear: Double = 0, scale: Double = 0, shift: Double = 0,
    elastic: Double = 0, brightness: Double = 0, mirroring: Double = 0
  ) {
    self.rotation = rotation
    self.shear = shear
    self.scale = scale
    self.shift = shift
    self.elastic = elastic
    self.brightness = brightness
    self.mirroring = mirroring
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

  /// Upright things, such as clothes, in any light: ±10 degrees, a shear of 0.2, ±25 % in size, moved by a twelfth of the
  /// side, from half to one and a half times as bright.
  public static let objects = ImageTransformation(
    rotation: 10, shear: 0.2, scale: 0.25, shift: 0.08, brightness: 0.5)

  /// What changes no photo's subject: ±5 degrees, ±10 % in size, a twentieth of the side, and from four fifths to six
  /// fifths as bright.
  public static let photos = ImageTransformation(
    rotation: 5, scale: 0.1, shift: 0.05, brightness: 0.2)

  /// The same with every amount multiplied.
  func scaled(by factor: Double) -> ImageTransformation {
    ImageTransformation(
      rotation: rotation * factor, shear: shear * factor, scale: scale * factor,
      shift: shift * factor, elastic: elastic * factor, brightness: brightness * factor,
      mirroring: mirroring * factor)
  }

  /// - Throws: `ConfigurationError` naming the amount that cannot be.
  public func validate() throws {
    let amounts = [
      ("rotation", rotation, 180), ("shear", shear, 1), ("scale", scale, 0.5),
      ("shift", shift, 0.5), ("elastic", elastic, 0.5), ("brightness", brightness, 0.9),
      ("mirroring", mirroring, 1),
    ]
    for (name, value, largest) in amounts where !(value >= 0 && value <= largest) {
      throw ConfigurationError(name, "\(value)", expected: "from 0 to \(largest)")
    }
  }
}

extension ImageTransformation {
  /// Reads amounts by name; those that came with later versions may be missing, as from the settings of older runs.
  public init(from decoder: any Decoder) throws {
    let amounts = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      rotation: try amounts.decode(Double.self, forKey: .rotation),
      shear: try amounts.decode(Double.self, forKey: .shear),
      scale: try amounts.decode(Double.self, forKey: .scale),
      shift: try amounts.decode(Double.self, forKey: .shift),
      elastic: try amounts.decode(Double.self, forKey: .elastic),
      brightness: try amounts.decodeIfPresent(Double.self, forKey: .brightness) ?? 0,
      mirroring: try amounts.decodeIfPresent(Double.self, forKey: .mirroring) ?? 0)
  }
}
