import Foundation
import JointVAEData
import Testing

@Suite("What glyphs look like")
struct GlyphFactorsTests {
  /// The second way to write a 1: a single stroke down.
  private let stroke = GlyphFactors(glyph: .one, form: 1)

  private func moments(_ factors: GlyphFactors) -> Moments {
    Moments(factors.drawn(imageSize: 128), size: 128)
  }

  @Test("leans to the right by the slant")
  func slant() {
    for slant in [-0.15, 0, 0.1, 0.2, 0.3] {
      var factors = stroke
      factors.slant = slant
      let moments = moments(factors)
      #expect(abs(-moments.xy / moments.yy - slant) < 0.006, "\(slant)")
    }
  }

  @Test("is turned counterclockwise by the rotation")
  func rotation() {
    for rotation in [-0.12, -0.05, 0, 0.12] {
      var factors = stroke
      factors.rotation = rotation
      let moments = moments(factors)
      // Of a stroke turned to the left the upper end, where y is small, is at small x.
      let angle = atan2(2 * moments.xy, moments.yy - moments.xx) / 2
      #expect(abs(angle - rotation) < 0.002, "\(rotation)")
    }
  }

  @Test("is as thick as the width, and as high as the scale")
  func widthAndScale() {
    for width in [0.055, 0.08, 0.11] {
      for scale in [0.5, 0.55, 0.6] {
        var factors = stroke
        (factors.width, factors.scale) = (width, scale)
        let area = (width * scale + .pi * width * width / 4) * 128 * 128
        #expect(abs(moments(factors).area / area - 1) < 0.005, "\(width), \(scale)")
      }
    }
  }

  @Test("is as broad as the aspect says")
  func aspect() {
    func breadth(_ aspect: Double) -> Double {
      // Above the bar, where there is nothing but the two posts.
      let image = GlyphFactors(glyph: .h, aspect: aspect).drawn(imageSize: 128)[..<(50 * 128)]
      let sums = image.indices.reduce(into: (0.0, 0.0)) { sums, place in
        sums.0 += Double(image[place])
        sums.1 += Double(image[place]) * abs(Double(place % 128) + 0.5 - 64)
      }
      return sums.1 / sums.0
    }
    for aspect in [0.85, 1.15] {
      #expect(abs(breadth(aspect) / breadth(1) - aspect) < 0.002, "\(aspect)")
    }
  }

  @Test("is where the position says")
  func position() {
    let middle = GlyphFactors(glyph: .r).drawn(imageSize: 64)
    let moved = GlyphFactors(glyph: .r, x: 0.5 + 2.0 / 64, y: 0.5 - 1.0 / 64).drawn(imageSize: 64)
    for y in 0..<63 {
      for x in 2..<64 {
        let difference = Int(moved[y * 64 + x]) - Int(middle[(y + 1) * 64 + x - 2])
        #expect(abs(difference) <= 1)
      }
    }
  }

  @Test("trembles by no more than the tremor, each time differently")
  func tremor() {
    let still = GlyphFactors(glyph: .z).lines(imageSize: 1)
    var seen: Set<[UInt8]> = []
    for seed in 0..<50 as Range<UInt64> {
      let factors = GlyphFactors(glyph: .z, tremor: 0.03, tremorSeed: seed)
      for (line, stillLine) in zip(factors.lines(imageSize: 1), still) {
        for (point, stillPoint) in zip(line, stillLine) {
          #expect(abs(point.x - stillPoint.x) <= 0.03 * 0.6 + 1e-12)
          #expect(abs(point.y - stillPoint.y) <= 0.03 * 0.6 + 1e-12)
        }
      }
      seen.insert(factors.drawn(imageSize: 32))
    }
    #expect(seen.count == 50)
  }

  @Test("stays inside the image whatever the factors", arguments: GlyphClass.allCases)
  func inside(glyph: GlyphClass) {
    func ends(_ range: ClosedRange<Double>) -> [Double] { [range.lowerBound, range.upperBound] }
    let (width, scale) = (GlyphFactors.widths.upperBound, GlyphFactors.scales.upperBound)
    var reach = (low: 1.0, high: 0.0)
    for form in glyph.forms.indices {
      for slant in ends(GlyphFactors.slants) {
        for aspect in ends(GlyphFactors.aspects) {
          for rotation in ends(GlyphFactors.rotations) {
            for tremorSeed in 0..<20 as Range<UInt64> {
              let factors = GlyphFactors(
                glyph: glyph, form: form, slant: slant, width: width, scale: scale, aspect: aspect,
                rotation: rotation, tremor: GlyphFactors.usualTremor, tremorSeed: tremorSeed)
              for point in factors.lines(imageSize: 1).joined() {
                reach.low = min(reach.low, point.x, point.y)
                reach.high = max(reach.high, point.x, point.y)
              }
            }
          }
        }
      }
    }
    let (first, last) = (GlyphFactors.positions.lowerBound, GlyphFactors.positions.upperBound)
    #expect(reach.low - width / 2 - (0.5 - first) > 0)
    #expect(reach.high + width / 2 + (last - 0.5) < 1)
  }

  @Test("is told apart from every other character, by the pictures of all without tremor")
  func unmistakable() {
    let generator = GlyphGenerator(seed: 6)
    let count = 360
    var mistaken: [String] = []
    for index in 0..<count {
      let factors = generator.factors(of: index)
      let image = factors.drawn(imageSize: 32).map(Double.init)
      var nearest = (glyph: factors.glyph, distance: Double.infinity)
      for glyph in GlyphClass.allCases {
        for form in glyph.forms.indices {
          var still = factors
          (still.glyph, still.form, still.tremor) = (glyph, form, 0)
          let distance = zip(still.drawn(imageSize: 32), image).reduce(0) { sum, pair in
            sum + (Double(pair.0) - pair.1) * (Double(pair.0) - pair.1)
          }
          if distance < nearest.distance { nearest = (glyph, distance) }
        }
      }
      if nearest.glyph != factors.glyph {
        mistaken.append("\(factors.glyph.rawValue) for \(nearest.glyph.rawValue)")
      }
    }
    #expect(mistaken.count <= count / 100, "\(mistaken)")
  }
}
