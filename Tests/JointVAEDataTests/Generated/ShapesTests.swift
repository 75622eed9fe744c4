import JointVAE
import JointVAEData
import Testing

@Suite("Generated shapes")
struct ShapesTests {
  @Test("are the same bytes with any number of threads, and of images")
  func deterministic() throws {
    let generator = ShapeGenerator(seed: 5)
    let one = try generator.images(count: 1000, size: 32, threads: 1)
    for threads in [2, 3, 4, 16] {
      let others = try generator.images(count: 1000, size: 32, threads: threads)
      #expect(others.bytes == one.bytes, "\(threads) threads")
    }
    let few = try generator.images(count: 301, size: 32)
    #expect(few.bytes == Array(one.bytes[..<(301 * 1024)]))
    #expect(few.factors == (try one.limited(to: 301)).factors)
  }

  @Test("of a seed stay what they were")
  func pinned() throws {
    let images = try ShapeGenerator(seed: 1).images(count: 100, size: 32)
    #expect(images.fingerprint == 12_826_289_766_008_699_365)
  }

  @Test("of another seed or part are others")
  func differ() throws {
    let images = try ShapeGenerator(seed: 1).images(count: 8, size: 16).bytes
    #expect(try ShapeGenerator(seed: 2).images(count: 8, size: 16).bytes != images)
    let test = try ShapeGenerator(seed: 1, split: .test).images(count: 8, size: 16)
    #expect(test.bytes != images)
  }

  @Test("look as their factors say: area and center of gravity", arguments: [16, 32, 64, 128])
  func moments(size: Int) throws {
    let generator = ShapeGenerator(seed: 9)
    let images = try generator.images(count: 400, size: ImageSize(side: size))
    for index in 0..<images.count {
      let factors = generator.factors(of: index)
      let image = images.image(index)
      var (area, x, y) = (0.0, 0.0, 0.0)
      for place in image.indices {
        let coverage = Double(image[place]) / 255
        area += coverage
        x += coverage * (Double(place % size) + 0.5)
        y += coverage * (Double(place / size) + 0.5)
      }
      let side = Double(size)
      let expected = Double.pi * factors.size * factors.size * side * side
      // Each pixel of the rim is rounded, by 1/510 at most.
      #expect(abs(area - expected) < 0.004 * side, "area of image \(index), \(factors)")
      #expect(abs(x / area - factors.x * side) < 0.02, "x of image \(index), \(factors)")
      #expect(abs(y / area - factors.y * side) < 0.02, "y of image \(index), \(factors)")
    }
  }

  @Test("carry their factors and labels")
  func factors() throws {
    let generator = ShapeGenerator(seed: 2)
    let images = try generator.images(count: 40, size: 16)
    #expect(images.factors.map(\.name) == ["shape", "size", "rotation", "x", "y"])
    #expect(
      images.factors.map(\.unit) == [.classNumber, .imageSides, .radians, .imageSides, .imageSides])
    for index in 0..<40 {
      let factors = generator.factors(of: index)
      #expect(images.labels?[index] == index % 4)
      #expect(images.classNames[index % 4] == factors.shape.rawValue)
      #expect(
        images.factors.map { $0.values[index] } == [
          Double(index % 4), factors.size, factors.rotation, factors.x, factors.y,
        ])
      #expect(factors.drawn(imageSize: 16) == images.image(index))
    }
  }

  @Test("fill the ranges of their factors")
  func ranges() {
    let all = (0..<4000).map { ShapeGenerator(seed: 4).factors(of: $0) }
    func check(_ values: [Double], _ range: ClosedRange<Double>) {
      let width = range.upperBound - range.lowerBound
      #expect(values.allSatisfy { range.contains($0) })
      for tenth in 0..<10 {
        let low = range.lowerBound + width * Double(tenth) / 10
        let share = Double(values.count { $0 >= low && $0 < low + width / 10 })
        #expect(abs(share / Double(values.count) - 0.1) < 0.03)
      }
    }
    check(all.map(\.size), ShapeFactors.sizes)
    check(all.map(\.x), ShapeFactors.positions)
    check(all.map(\.y), ShapeFactors.positions)
    check(all.filter { $0.shape != .circle }.map(\.rotation), ShapeFactors.rotations)
    #expect(all.filter { $0.shape == .circle }.allSatisfy { $0.rotation == 0 })
    for shape in ShapeClass.allCases { #expect(all.count { $0.shape == shape } == 1000) }
  }

  @Test("lie inside the image, and are told apart by their turn")
  func insideAndTurned() {
    for shape in ShapeClass.allCases {
      let reach = shape.outline.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
      #expect(ShapeFactors.positions.upperBound + reach * ShapeFactors.sizes.upperBound < 1)
      #expect(ShapeFactors.positions.lowerBound - reach * ShapeFactors.sizes.upperBound > 0)
      if let turn = shape.symmetryAngle {
        #expect(ShapeFactors.rotations.upperBound < turn / 2)
      }
    }
  }

  @Test("turn counterclockwise by their rotation, and into themselves by their symmetry's angle")
  func rotation() {
    func draw(_ shape: ShapeClass, _ rotation: Double) -> [Int] {
      ShapeFactors(shape: shape, size: 0.2, rotation: rotation, x: 0.5, y: 0.5)
        .drawn(imageSize: 64).map(Int.init)
    }
    func largestDifference(_ first: [Int], _ second: [Int]) -> Int {
      zip(first, second).map { abs($0 - $1) }.max() ?? 0
    }
    for shape in ShapeClass.allCases {
      if let angle = shape.symmetryAngle {
        #expect(largestDifference(draw(shape, 0.1), draw(shape, 0.1 + angle)) <= 1)
        #expect(largestDifference(draw(shape, 0.1), draw(shape, 0.1 + angle / 2)) > 100)
      }
      // A quarter turn counterclockwise sends what was at the right to the top.
      let upright = draw(shape, 0.3)
      let turned = draw(shape, 0.3 + .pi / 2)
      let expected = (0..<4096).map { place in
        let (y, x) = (place / 64, place % 64)
        return upright[x * 64 + 63 - y]
      }
      #expect(largestDifference(turned, expected) <= 1, "\(shape)")
    }
  }

  @Test("of no rotation are upright")
  func upright() throws {
    func rows(_ shape: ShapeClass) -> [[Double]] {
      let image = ShapeFactors(shape: shape, size: 0.2, rotation: 0, x: 0.5, y: 0.5)
        .drawn(imageSize: 64)
      return (0..<64).map { y in image[y * 64..<(y + 1) * 64].map { Double($0) / 255 } }
    }
    // Every row of the square is as wide as its side, but for the first and the last.
    let side = Double.pi.squareRoot() * 0.2 * 64
    let square = rows(.square).map { $0.reduce(0, +) }.filter { $0 > 0 }
    #expect(square.dropFirst().dropLast().allSatisfy { abs($0 - side) < 0.02 })
    // Star and triangle have a tip at the top, in the middle.
    for shape in [ShapeClass.star, .triangle] {
      let tip = try #require(rows(shape).first { $0.contains { $0 > 0 } })
      let columns = tip.indices.filter { tip[$0] > 0 }
      #expect(columns == [31, 32], "\(shape)")
    }
  }

  @Test("of an oblong size stand in the middle, on black")
  func oblong() throws {
    let generator = ShapeGenerator(seed: 3)
    let squares = try generator.images(count: 5, size: 24)
    let images = try generator.images(count: 5, size: ImageSize(height: 24, width: 29))
    #expect(images.imageShape == ImageShape(height: 24, width: 29))
    for index in 0..<5 {
      let (square, image) = (squares.image(index), images.image(index))
      for y in 0..<24 {
        let row = Array(image[(y * 29)..<((y + 1) * 29)])
        #expect(row == [0, 0] + square[(y * 24)..<((y + 1) * 24)] + [0, 0, 0])
      }
    }
  }

  @Test("of impossible sizes or numbers are refused")
  func refused() {
    let generator = ShapeGenerator(seed: 1)
    for size in [0, 7, 257, -1] {
      #expect(throws: ConfigurationError.self) {
        try generator.images(count: 1, size: ImageSize(side: size))
      }
    }
    for count in [0, -1, Int.max, 1 << 45] {
      #expect(
        throws: ConfigurationError(
          "number of images", "\(count)",
          expected: "at least 1, and no more than fit in memory")
      ) { try generator.images(count: count, size: 16) }
    }
  }
}
