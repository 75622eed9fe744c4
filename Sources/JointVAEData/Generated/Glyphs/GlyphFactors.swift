import JointVAEFiles
import JointVAEKernels

/// All that determines a drawn character. Lengths are shares of the image's side, so that every
/// image size shows the same picture.
public struct GlyphFactors: Hashable, Codable, Sendable {
  /// What is drawn.
  public var glyph: GlyphClass
  /// Which of the ways to write it, counted from 0.
  public var form: Int
  /// How far it leans to the right, in lengths per length upwards: 0 is upright, 1 is at 45
  /// degrees.
  public var slant: Double
  /// The pen's width, in image sides.
  public var width: Double
  /// The height of the box it is written in, without the pen's width, in image sides.
  public var scale: Double
  /// How wide it is, as a multiple of how wide it usually is at this scale.
  public var aspect: Double
  /// By how much it is turned counterclockwise, after it was slanted, in
  /// radians.
  public var rotation: Double
  /// Where the middle of its box is from the left border, in image sides.
  public var x: Double
  /// Where the middle of its box is from the upper border, in image sides.
  public var y: Double
  /// How far the hand strays, at most, from each knot of the pen's way, in heights of the box and
  /// in both directions.
  public var tremor: Double
  /// What chooses how it strays.
  public var tremorSeed: UInt64

  /// A character; the default values are the usual ones.
  public init(
    glyph: GlyphClass, form: Int = 0, slant: Double = 0, width: Double = 0.08, scale: Double = 0.6,
    aspect: Double = 1, rotation: Double = 0, x: Double = 0.5, y: Double = 0.5, tremor: Double = 0,
    tremorSeed: UInt64 = 0
  ) {
    self.glyph = glyph
    self.form = form
    self.slant = slant
    self.width = width
    self.scale = scale
    self.aspect = aspect
    self.rotation = rotation
    self.x = x
    self.y = y
    self.tremor = tremor
    self.tremorSeed = tremorSeed
  }

  // About as MNIST's digits are: 20 of 28 pixels high, and most lean to the right. Chosen together
  // so that the widest character stays inside the image whatever the rest.

  /// Slants of generated characters.
  public static let slants = -0.15...0.3
  /// Widths of the pen of generated characters, in image sides.
  public static let widths = 0.055...0.11
  /// Heights of generated characters, in image sides.
  public static let scales = 0.5...0.6
  /// Widths of generated characters, as multiples of the usual ones.
  public static let aspects = 0.85...1.15
  /// Rotations of generated characters, in radians.
  public static let rotations = -0.12...0.12
  /// Positions of generated characters in both directions, in image sides.
  public static let positions = 0.475...0.525
  /// The tremor of generated characters.
  public static let usualTremor = 0.03

  /// The factors of generated image `index`.
  ///
  /// Characters take turns; the rest is uniform in its range.
  init(seed: UInt64, split: DataSplit, index: Int) {
    let purpose: RandomPurpose =
      switch split {
      case .train, .all: .trainingGlyphs
      case .test: .testGlyphs
      }
    var random = RandomSequence(seed: seed, purpose: purpose, index: index)
    let glyph = GlyphClass.allCases[index % GlyphClass.allCases.count]
    // Arguments are evaluated in this order, which decides which of them gets which random number.
    self.init(
      glyph: glyph, form: random.number(below: glyph.forms.count),
      slant: random.number(in: Self.slants), width: random.number(in: Self.widths),
      scale: random.number(in: Self.scales), aspect: random.number(in: Self.aspects),
      rotation: random.number(in: Self.rotations), x: random.number(in: Self.positions),
      y: random.number(in: Self.positions), tremor: Self.usualTremor, tremorSeed: random.next())
  }
}

extension GlyphFactors {
  /// The pen's way in an image of `imageSize` pixels a side, a line a stroke.
  package func lines(imageSize: Int) -> [[Point]] {
    let side = Double(imageSize)
    var random = RandomSequence(seed: tremorSeed, purpose: .glyphTremor, index: 0)
    // y points down, so that a turn counterclockwise is one by a negative angle.
    let (sine, cosine) = Angle.sineAndCosine(-rotation)
    // A curve goes with its knots, as all but the tremor keeps straight lines straight.
    return glyph.forms[form].lines { knot in
      let height = (knot.y - 50) / 100 + tremor * random.number(in: -1...1)
      let breadth = (knot.x - 50) / 100 + tremor * random.number(in: -1...1)
      let (across, down) = (aspect * breadth - slant * height, height)
      return Point(
        x: (x + scale * (cosine * across - sine * down)) * side,
        y: (y + scale * (sine * across + cosine * down)) * side)
    }
  }

  /// The picture of the character in `imageSize` pixels a side: `[y, x]`, 0 black to 255 white.
  ///
  /// - Precondition: there is such a form.
  public func drawn(imageSize: Int) -> [UInt8] {
    var canvas = StrokeCoverage(size: imageSize)
    return [UInt8](filling: imageSize * imageSize) { buffer, initialized in
      canvas.draw(lines(imageSize: imageSize), width: width * Double(imageSize), to: buffer)
      initialized = imageSize * imageSize
    }
  }
}
