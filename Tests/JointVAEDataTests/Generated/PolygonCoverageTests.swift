import Foundation
import JointVAEData
import JointVAEKernels
import Testing

@Suite("Coverage of pixels")
struct PolygonCoverageTests {
  private func draw(_ corners: [Point], size: Int) -> [Int] {
    var canvas = PolygonCoverage(size: size)
    return [UInt8](unsafeUninitializedCapacity: size * size) { buffer, count in
      canvas.draw(corners, to: buffer)
      count = size * size
    }.map(Int.init)
  }

  @Test("is exact for rectangles between the lines of the grid")
  func rectangle() {
    let corners = [(0.5, 1.25), (3, 1.25), (3, 2.75), (0.5, 2.75)].map { Point(x: $0.0, y: $0.1) }
    // 0.75 of a row and half of a column: 255 * 0.375 and 255 * 0.75.
    #expect(
      draw(corners, size: 4) == [
        0, 0, 0, 0, /**/ 96, 191, 191, 0, /**/ 96, 191, 191, 0, /**/ 0, 0, 0, 0,
      ])
  }

  @Test("is exact for slanted edges")
  func triangle() {
    let corners = [(0.0, 0.0), (2, 2), (0, 2)].map { Point(x: $0.0, y: $0.1) }
    #expect(draw(corners, size: 2) == [128, 0, 255, 128])
    // From the corner to (4, 1): the edge passes under 1/8, 3/8, 5/8 and 7/8 of the pixels of row
    // 0.
    let flat = [(0.0, 0.0), (4, 1), (0, 1)].map { Point(x: $0.0, y: $0.1) }
    #expect(draw(flat, size: 4)[..<4] == [223, 159, 96, 32])
  }

  @Test("equals the share of many points of each pixel that lie inside")
  func sampled() {
    for shape in ShapeClass.allCases {
      let factors = ShapeFactors(shape: shape, size: 0.27, rotation: 0.7, x: 0.47, y: 0.52)
      let image = factors.drawn(imageSize: 16)
      let (cosine, sine) = (16 * 0.27 * cos(0.7), 16 * 0.27 * sin(0.7))
      let corners = shape.outline.map { corner in
        Point(
          x: 16 * factors.x + cosine * corner.x + sine * corner.y,
          y: 16 * factors.y - sine * corner.x + cosine * corner.y)
      }
      for place in image.indices {
        var inside = 0
        for sample in 0..<400 {
          let x = Double(place % 16) + (Double(sample % 20) + 0.5) / 20
          let y = Double(place / 16) + (Double(sample / 20) + 0.5) / 20
          inside += isInside(corners, x, y) ? 1 : 0
        }
        #expect(abs(Double(image[place]) / 255 - Double(inside) / 400) < 0.03, "\(shape) \(place)")
      }
    }
  }

  /// Whether a ray to the right crosses the outline an odd number of times.
  private func isInside(_ corners: [Point], _ x: Double, _ y: Double) -> Bool {
    var isInside = false
    for (index, end) in corners.enumerated() {
      let start = corners[(index + corners.count - 1) % corners.count]
      if (start.y > y) != (end.y > y),
        x < start.x + (y - start.y) / (end.y - start.y) * (end.x - start.x)
      {
        isInside.toggle()
      }
    }
    return isInside
  }

  @Test("leaves nothing behind for the next picture, wherever the one before it was")
  func clean() {
    var random = RandomSequence(state: 8)
    var canvas = PolygonCoverage(size: 32)
    for number in 0..<2000 {
      // Every second one has corners on the lines of the grid, where columns begin.
      let corners = (0..<3).map { _ in
        let (x, y) = (random.number(in: 0...32), random.number(in: 0...32))
        return number.isMultiple(of: 2)
          ? Point(x: x, y: y) : Point(x: x.rounded(.down), y: y.rounded(.down))
      }
      var image = [UInt8](repeating: 7, count: 1024)
      image.withUnsafeMutableBufferPointer { canvas.draw(corners, to: $0) }
      #expect(image.map(Int.init) == draw(corners, size: 32), "\(corners)")
    }
  }

  @Test("of polygons that reach beyond the image stays within it")
  func beyond() {
    let corners = [(-5.0, -5.0), (9, -5), (9, 9), (-5, 9)].map { Point(x: $0.0, y: $0.1) }
    #expect(draw(corners, size: 4).count == 16)
  }

  @Test("rests on sines and cosines of full precision")
  func sines() {
    for step in -1000...1000 {
      let angle = Double(step) * 4 * .pi / 1000
      let (sine, cosine) = Angle.sineAndCosine(angle)
      #expect(abs(sine - sin(angle)) < 1e-14)
      #expect(abs(cosine - cos(angle)) < 1e-14)
    }
  }
}
