import JointVAE
import JointVAEData
import Testing

@Suite("Generated colored shapes")
struct ColoredShapesTests {
  @Test("are the same bytes with any number of threads, and of another seed or part others")
  func deterministic() throws {
    let generator = ColoredShapeGenerator(seed: 5)
    let one = try generator.images(count: 600, size: 32, threads: 1)
    #expect(try generator.images(count: 600, size: 32, threads: 3).bytes == one.bytes)
    #expect(try generator.images(count: 7, size: 32).bytes == Array(one.bytes[..<(7 * 3_072)]))
    #expect(try ColoredShapeGenerator(seed: 6).images(count: 600, size: 32).bytes != one.bytes)
    let test = try ColoredShapeGenerator(seed: 5, split: .test).images(count: 600, size: 32)
    #expect(test.bytes != one.bytes)
  }

  @Test("are RGB, carry seven factors, and show four classes in turns")
  func factors() throws {
    let generator = ColoredShapeGenerator(seed: 2)
    let images = try generator.images(count: 40)
    #expect(images.imageShape == ImageShape(size: 64, channels: 3))
    #expect(
      images.factors.map(\.name) == [
        "shape", "color", "size", "rotation", "x", "y", "background",
      ])
    for index in 0..<40 {
      let factors = generator.factors(of: index)
      let shape = factors.shape
      #expect(images.labels?[index] == index % 4)
      #expect(images.classNames[index % 4] == shape.shape.rawValue)
      #expect(
        images.factors.map { $0.values[index] } == [
          Double(index % 4), Double(factors.color), shape.size, shape.rotation, shape.x, shape.y,
          Double(factors.background),
        ])
    }
  }

  @Test("fill the ranges of their factors, and lie inside the image")
  func ranges() {
    let all = (0..<4000).map { ColoredShapeGenerator(seed: 4).factors(of: $0) }
    func check(_ values: [Double], _ range: ClosedRange<Double>) {
      #expect(values.allSatisfy { range.contains($0) })
      let width = range.upperBound - range.lowerBound
      for tenth in 0..<10 {
        let low = range.lowerBound + width * Double(tenth) / 10
        let share = Double(values.count { $0 >= low && $0 < low + width / 10 })
        #expect(abs(share / Double(values.count) - 0.1) < 0.03)
      }
    }
    check(all.map(\.shape.size), ColoredShapeFactors.sizes)
    check(all.map(\.shape.x), ColoredShapeFactors.positions)
    check(all.map(\.shape.y), ColoredShapeFactors.positions)
    for hue in ColoredShapeFactors.hues.indices {
      #expect(abs(all.count { $0.color == hue } - 500) < 80)
      #expect(abs(all.count { $0.background == hue } - 500) < 80)
    }
    for shape in ShapeClass.allCases {
      let reach = shape.outline.map { ($0.x * $0.x + $0.y * $0.y).squareRoot() }.max() ?? 0
      let size = ColoredShapeFactors.sizes.upperBound
      #expect(ColoredShapeFactors.positions.upperBound + reach * size < 1)
      #expect(ColoredShapeFactors.positions.lowerBound - reach * size > 0)
    }
  }

  @Test("fill much of the image near its middle, or their outline is lost among place and color")
  func large() {
    for index in 0..<400 {
      let shape = ColoredShapeGenerator(seed: 4).factors(of: index).shape
      let area = Double.pi * shape.size * shape.size
      #expect((0.15...0.25).contains(area))
      #expect(max(abs(shape.x - 0.5), abs(shape.y - 0.5)) < 0.05)
    }
  }

  @Test("have the background's color in their corners and the shape's in its middle")
  func colors() throws {
    let generator = ColoredShapeGenerator(seed: 3)
    let images = try generator.images(count: 100, size: 64)
    for index in 0..<100 {
      let factors = generator.factors(of: index)
      let image = images.image(index)
      #expect(Array(image[..<3]) == factors.backgroundColor)
      #expect(Array(image.suffix(3)) == factors.backgroundColor)
      let (x, y) = (Int(factors.shape.x * 64), Int(factors.shape.y * 64))
      #expect(Array(image[(3 * (y * 64 + x))...].prefix(3)) == factors.shapeColor)
    }
    let colors = ColoredShapeFactors.hues.indices.flatMap { hue in
      var factors = generator.factors(of: 0)
      (factors.color, factors.background) = (hue, hue)
      return [factors.shapeColor, factors.backgroundColor]
    }
    #expect(Set(colors).count == 16)
    // Red, and its dull twin: 255 (1 - 0.85) and 102 (1 - 0.6).
    #expect(colors[0] == [255, 38, 38] && colors[1] == [102, 41, 41])
  }

  @Test("of an oblong size stand in the middle of their background")
  func oblong() throws {
    let generator = ColoredShapeGenerator(seed: 3)
    let squares = try generator.images(count: 5, size: 24)
    let images = try generator.images(count: 5, size: ImageSize(height: 29, width: 24))
    for index in 0..<5 {
      let image = images.image(index)
      let color = generator.factors(of: index).backgroundColor
      let above = Array(repeating: color, count: 2 * 24).flatMap { $0 }
      let below = Array(repeating: color, count: 3 * 24).flatMap { $0 }
      #expect(image == above + squares.image(index) + below)
    }
  }

  @Test("are not made gray, inverted or read from files")
  func refused() {
    let catalog = DataSetCatalog(roots: DataRoots(folders: []))
    var request = DataSetRequest("shapes-rgb", limit: 4)
    request.preparation.color = .rgb
    #expect(throws: Never.self) { try catalog.load(request) }
    request.preparation.color = .gray
    #expect(
      throws: DataSetError(
        "shapes-rgb", "is generated in color; gray and inversion do not apply")
    ) { try catalog.load(request) }
  }
}
