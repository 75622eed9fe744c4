import JointVAE
import JointVAEData
import Testing

@Suite("Generated sprites")
struct SpritesTests {
  @Test("are the same bytes with any number of threads, and of images")
  func deterministic() throws {
    let generator = SpriteGenerator(seed: 5)
    let one = try generator.images(count: 1000, size: 32, threads: 1)
    for threads in [2, 3, 16] {
      let others = try generator.images(count: 1000, size: 32, threads: threads)
      #expect(others.bytes == one.bytes, "\(threads) threads")
    }
    let few = try generator.images(count: 301, size: 32)
    #expect(few.bytes == Array(one.bytes[..<(301 * 1024)]))
    #expect(few.factors == (try one.limited(to: 301)).factors)
  }

  @Test("of a seed stay what they were")
  func pinned() throws {
    let train = try SpriteGenerator(seed: 1).images(count: 100)
    #expect(train.imageShape == ImageShape(size: 64))
    #expect(train.fingerprint == 10_541_322_813_690_075_544)
    let test = try SpriteGenerator(seed: 1, split: .test).images(count: 100)
    #expect(test.fingerprint == 16_114_392_786_784_525_834)
  }

  @Test("of another seed are in another order")
  func seeds() {
    let first = (0..<100).map { SpriteGenerator(seed: 1).gridIndex(of: $0) }
    let second = (0..<100).map { SpriteGenerator(seed: 2).gridIndex(of: $0) }
    #expect(Set(first).intersection(second).count < 5)
  }

  @Test("to learn from and to measure with are all different, up to the whole grid")
  func disjoint() {
    let (train, test) = (SpriteGenerator(seed: 3), SpriteGenerator(seed: 3, split: .test))
    let testCount = SpriteFactors.gridCount / 10
    let trainCount = SpriteFactors.gridCount - testCount
    var seen = [Bool](repeating: false, count: SpriteFactors.gridCount)
    for index in 0..<trainCount { seen[train.gridIndex(of: index)] = true }
    for index in 0..<testCount { seen[test.gridIndex(of: index)] = true }
    #expect(seen.allSatisfy { $0 })
  }

  @Test("are taken evenly from the grid")
  func even() throws {
    let images = try SpriteGenerator(seed: 1).images(size: 16)
    #expect(images.count == 20_000)
    let sizes = [3, 6, 40, 32, 32]
    for (factor, size) in zip(images.factors, sizes) {
      let counts = Dictionary(grouping: factor.values) { $0 }.mapValues(\.count)
      #expect(counts.count == size, "\(factor.name)")
      let expected = 20_000 / Double(size)
      // Five standard deviations.
      let tolerance = 5 * expected.squareRoot()
      #expect(counts.values.allSatisfy { abs(Double($0) - expected) < tolerance }, "\(factor.name)")
    }
  }

  @Test("are numbered as those of dSprites")
  func grid() {
    #expect(SpriteFactors.gridCount == 737_280)
    #expect(SpriteFactors.scales == [0.5, 0.6, 0.7, 0.8, 0.9, 1])
    #expect(SpriteFactors.orientations.count == 40)
    #expect(SpriteFactors.orientations.first == 0)
    #expect(SpriteFactors.orientations.last == 2 * .pi)
    #expect(SpriteFactors.positions.count == 32)
    func sprite(_ shape: Int, _ scale: Int, _ turn: Int, _ x: Int, _ y: Int) -> SpriteFactors {
      SpriteFactors(
        shape: SpriteShape.allCases[shape], scale: SpriteFactors.scales[scale],
        orientation: SpriteFactors.orientations[turn], x: SpriteFactors.positions[x],
        y: SpriteFactors.positions[y])
    }
    #expect(SpriteShape.allCases == [.square, .ellipse, .heart])
    #expect(SpriteFactors(gridIndex: 0) == sprite(0, 0, 0, 0, 0))
    #expect(SpriteFactors(gridIndex: 1) == sprite(0, 0, 0, 0, 1))
    #expect(SpriteFactors(gridIndex: 32) == sprite(0, 0, 0, 1, 0))
    #expect(SpriteFactors(gridIndex: 1024) == sprite(0, 0, 1, 0, 0))
    #expect(SpriteFactors(gridIndex: 40_960) == sprite(0, 1, 0, 0, 0))
    #expect(SpriteFactors(gridIndex: 245_760) == sprite(1, 0, 0, 0, 0))
    #expect(SpriteFactors(gridIndex: 737_279) == sprite(2, 5, 39, 31, 31))
  }

  @Test("carry their factors and labels")
  func factors() throws {
    let generator = SpriteGenerator(seed: 2, split: .test)
    let images = try generator.images(count: 40, size: 32)
    #expect(images.name == "sprites")
    #expect(images.part == "test")
    #expect(images.classNames == ["square", "ellipse", "heart"])
    #expect(images.factors.map(\.name) == ["shape", "scale", "orientation", "x", "y"])
    #expect(images.factors.map(\.unit) == [.classNumber, .ratio, .radians, .ratio, .ratio])
    for index in 0..<40 {
      let factors = generator.factors(of: index)
      let label = try #require(images.labels?[index])
      #expect(factors == SpriteFactors(gridIndex: generator.gridIndex(of: index)))
      #expect(images.classNames[label] == factors.shape.rawValue)
      #expect(
        images.factors.map { $0.values[index] }
          == [Double(label), factors.scale, factors.orientation, factors.x, factors.y])
      #expect(factors.drawn(imageSize: 32) == images.image(index))
    }
  }

  @Test("look as their factors say: area and center of gravity", arguments: [64, 128])
  func moments(size: Int) throws {
    let generator = SpriteGenerator(seed: 9)
    let side = Double(size)
    let areas = Dictionary(
      uniqueKeysWithValues: SpriteShape.allCases.map { ($0, area(of: $0.outline)) })
    for index in 0..<1000 {
      let factors = generator.factors(of: index)
      let moments = Moments(factors.drawn(imageSize: size), size: size)
      let expected = try #require(areas[factors.shape]) * factors.scale * factors.scale
      #expect(abs(moments.area - expected * side * side) < 0.004 * side, "area of \(factors)")
      guard factors.shape != .heart else { continue }
      #expect(abs(moments.x - (0.25 + 0.5 * factors.x) * side) < 0.02, "x of \(factors)")
      #expect(abs(moments.y - (0.25 + 0.5 * factors.y) * side) < 0.02, "y of \(factors)")
    }
  }

  /// Half the sum of the cross products of neighboring corners.
  private func area(of corners: [Point]) -> Double {
    zip(corners, corners.dropFirst() + corners.prefix(1)).reduce(0) { sum, edge in
      sum + (edge.0.x * edge.1.y - edge.1.x * edge.0.y) / 2
    }
  }

  @Test("lie inside the image, all of the grid")
  func inside() {
    for shape in SpriteShape.allCases {
      let reach = shape.outline.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 1
      #expect(reach < 0.25, "\(shape)")
    }
  }

  @Test("turn counterclockwise by their orientation, and are back after a full turn")
  func orientation() {
    func draw(_ shape: SpriteShape, _ orientation: Double) -> [Int] {
      SpriteFactors(shape: shape, scale: 0.9, orientation: orientation, x: 0.5, y: 0.5)
        .drawn(imageSize: 64).map(Int.init)
    }
    func largestDifference(_ first: [Int], _ second: [Int]) -> Int {
      zip(first, second).map { abs($0 - $1) }.max() ?? 0
    }
    for shape in SpriteShape.allCases {
      let start = draw(shape, 0.3)
      // A quarter turn counterclockwise sends what was at the right to the top.
      let expected = (0..<4096).map { place in
        let (y, x) = (place / 64, place % 64)
        return start[x * 64 + 63 - y]
      }
      #expect(largestDifference(draw(shape, 0.3 + .pi / 2), expected) <= 1, "\(shape)")
      #expect(largestDifference(draw(shape, 0), draw(shape, 2 * .pi)) <= 1, "\(shape)")
    }
    // An unturned ellipse is wider than high, and a heart's tip is down.
    let ellipse = Moments(draw(.ellipse, 0).map { UInt8($0) }, size: 64)
    #expect(ellipse.xx > 3 * ellipse.yy)
    let heart = draw(.heart, 0)
    let widths = (0..<64).map { y in heart[y * 64..<(y + 1) * 64].count { $0 > 127 } }
    let rows = widths.indices.filter { widths[$0] > 0 }
    #expect(widths[rows.last ?? 0] <= 2)
    #expect(widths[rows[rows.count / 3]] >= 16)
  }

  @Test("of impossible sizes or numbers are refused")
  func refused() {
    let generator = SpriteGenerator(seed: 1)
    for size in [0, 7, 257, -1] {
      #expect(throws: ConfigurationError.self) {
        try generator.images(count: 1, size: ImageSize(side: size))
      }
    }
    for count in [0, -1, 737_281, Int.max] {
      #expect(
        throws: ConfigurationError(
          "number of images", "\(count)",
          expected: "at least 1, at most the 737280 there are, and no more than fit in memory")
      ) { try generator.images(count: count, size: 16) }
    }
  }
}
