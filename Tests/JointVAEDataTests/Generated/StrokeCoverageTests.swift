import JointVAEData
import Testing

@Suite("Ink of a round pen")
struct StrokeCoverageTests {
  private func draw(_ lines: [[(Double, Double)]], width: Double, size: Int) -> [Int] {
    var canvas = StrokeCoverage(size: size)
    return [UInt8](unsafeUninitializedCapacity: size * size) { buffer, count in
      canvas.draw(
        lines.map { $0.map { Point(x: $0.0, y: $0.1) } }, width: width, to: buffer)
      count = size * size
    }.map(Int.init)
  }

  @Test("is exact across straight strokes, be they thinner than a pixel or thicker")
  func straight() {
    // From beyond the image to beyond it, down the middle of column 2.
    func row(_ width: Double, x: Double = 2.5) -> [Int] {
      Array(draw([[(x, -9), (x, 14)]], width: width, size: 5)[10..<15])
    }
    #expect(row(0.5) == [0, 0, 128, 0, 0])
    #expect(row(1) == [0, 0, 255, 0, 0])
    #expect(row(2) == [0, 128, 255, 128, 0])
    #expect(row(3.5) == [64, 255, 255, 255, 64])
    #expect(row(1, x: 3) == [0, 0, 128, 128, 0])
    #expect(row(0.5, x: 2.75) == [0, 0, 128, 0, 0])
  }

  @Test("is a disc for a point, and has round ends")
  func round() {
    let disc = Moments(draw([[(16, 16)]], width: 12, size: 32).map { UInt8($0) }, size: 32)
    #expect(abs(disc.area - 36 * .pi) < 0.5)
    #expect(abs(disc.x - 16) < 0.01 && abs(disc.y - 16) < 0.01)
    // A rectangle of 10 by 6 and a disc of diameter 6, whatever the direction.
    for end in [(21.0, 11.0), (11, 21), (17, 19)] {
      let line = Moments(draw([[(11, 11), end]], width: 6, size: 32).map { UInt8($0) }, size: 32)
      #expect(abs(line.area - (60 + 9 * .pi)) < 0.5, "\(end)")
    }
  }

  @Test("is no brighter where strokes cross")
  func crossing() {
    let across = draw([[(1, 8), (15, 8)]], width: 2.5, size: 16)
    let down = draw([[(8, 1), (8, 15)]], width: 2.5, size: 16)
    let both = draw([[(1, 8), (15, 8)], [(8, 1), (8, 15)]], width: 2.5, size: 16)
    #expect(both == zip(across, down).map { max($0, $1) })
  }

  @Test("leaves nothing behind for the next picture")
  func clean() {
    var canvas = StrokeCoverage(size: 16)
    var first = [UInt8](repeating: 1, count: 256)
    var second = first
    let points = [(2.0, 3.0), (12, 9), (4, 14)].map { Point(x: $0.0, y: $0.1) }
    first.withUnsafeMutableBufferPointer { canvas.draw([points], width: 3, to: $0) }
    second.withUnsafeMutableBufferPointer { canvas.draw([], width: 3, to: $0) }
    #expect(second.allSatisfy { $0 == 0 })
    second.withUnsafeMutableBufferPointer { canvas.draw([points], width: 3, to: $0) }
    #expect(second == first)
  }

  @Test("of strokes that reach beyond the image stays within it")
  func beyond() {
    let image = draw([[(-50, -50), (50, 50)], [(90, 0), (90, 90)]], width: 2, size: 8)
    #expect(image.count == 64)
    #expect((0..<8).allSatisfy { image[$0 * 9] == 255 })
    #expect(image[7] == 0)
  }
}
