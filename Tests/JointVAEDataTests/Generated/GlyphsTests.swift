import Foundation
import JointVAE
import JointVAEData
import Testing

@Suite("Generated glyphs")
struct GlyphsTests {
  @Test("are the same bytes with any number of threads, and of images")
  func deterministic() throws {
    let generator = GlyphGenerator(seed: 5)
    let one = try generator.images(count: 1000, threads: 1)
    for threads in [2, 3, 16] {
      let others = try generator.images(count: 1000, threads: threads)
      #expect(others.bytes == one.bytes, "\(threads) threads")
    }
    let few = try generator.images(count: 301)
    #expect(few.bytes == Array(one.bytes[..<(301 * 1024)]))
    #expect(few.factors == (try one.limited(to: 301)).factors)
  }

  @Test("of a seed stay what they were")
  func pinned() throws {
    let train = try GlyphGenerator(seed: 1).images(count: 100)
    #expect(train.imageShape == ImageShape(size: 32))
    #expect(train.fingerprint == 17_431_101_806_483_419_041)
    let test = try GlyphGenerator(seed: 1, split: .test).images(count: 100)
    #expect(test.fingerprint == 2_099_961_546_773_129_056)
  }

  @Test("of another seed or part are others")
  func differ() throws {
    let images = try GlyphGenerator(seed: 1).images(count: 8, size: 16).bytes
    #expect(try GlyphGenerator(seed: 2).images(count: 8, size: 16).bytes != images)
    #expect(try GlyphGenerator(seed: 1, split: .test).images(count: 8, size: 16).bytes != images)
  }

  @Test("are as many of each character, and can be restricted to digits")
  func balance() throws {
    let images = try GlyphGenerator(seed: 1).images(size: 16)
    #expect(images.count == 20_000)
    #expect(images.classNames == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) })
    #expect(Set(images.classCounts) == [555, 556])
    let digits = try images.ofClasses((0...9).map(String.init))
    #expect(digits.count == 5560)
    #expect(digits.classCounts.allSatisfy { $0 == 556 })
  }

  @Test("carry their factors and labels")
  func factors() throws {
    let generator = GlyphGenerator(seed: 2)
    let images = try generator.images(count: 80)
    #expect(
      images.factors.map(\.name)
        == ["glyph", "slant", "width", "scale", "aspect", "rotation", "x", "y"])
    #expect(
      images.factors.map(\.unit) == [
        .classNumber, .ratio, .imageSides, .imageSides, .ratio, .radians, .imageSides, .imageSides,
      ])
    for index in 0..<80 {
      let factors = generator.factors(of: index)
      #expect(images.labels?[index] == index % 36)
      #expect(images.classNames[index % 36] == factors.glyph.rawValue)
      #expect(
        images.factors.map { $0.values[index] } == [
          Double(index % 36), factors.slant, factors.width, factors.scale, factors.aspect,
          factors.rotation, factors.x, factors.y,
        ])
      #expect(factors.drawn(imageSize: 32) == images.image(index))
    }
  }

  @Test("fill the ranges of their factors, and use every form")
  func ranges() {
    let all = (0..<4320).map { GlyphGenerator(seed: 4).factors(of: $0) }
    func check(_ values: [Double], _ range: ClosedRange<Double>) {
      let width = range.upperBound - range.lowerBound
      #expect(values.allSatisfy { range.contains($0) })
      for tenth in 0..<10 {
        let low = range.lowerBound + width * Double(tenth) / 10
        let share = Double(values.count { $0 >= low && $0 < low + width / 10 })
        #expect(abs(share / Double(values.count) - 0.1) < 0.03)
      }
    }
    check(all.map(\.slant), GlyphFactors.slants)
    check(all.map(\.width), GlyphFactors.widths)
    check(all.map(\.scale), GlyphFactors.scales)
    check(all.map(\.aspect), GlyphFactors.aspects)
    check(all.map(\.rotation), GlyphFactors.rotations)
    check(all.map(\.x), GlyphFactors.positions)
    check(all.map(\.y), GlyphFactors.positions)
    for glyph in GlyphClass.allCases {
      let forms = all.filter { $0.glyph == glyph }.map(\.form)
      #expect(Set(forms) == Set(glyph.forms.indices), "\(glyph)")
    }
  }

  @Test("of impossible sizes or numbers are refused")
  func refused() {
    let generator = GlyphGenerator(seed: 1)
    for size in [0, 7, 257, -1] {
      #expect(throws: ConfigurationError.self) {
        try generator.images(count: 1, size: ImageSize(side: size))
      }
    }
    for count in [0, -1, Int.max] {
      #expect(
        throws: ConfigurationError(
          "number of images", "\(count)", expected: "at least 1, and no more than fit in memory")
      ) { try generator.images(count: count, size: 16) }
    }
  }
}
