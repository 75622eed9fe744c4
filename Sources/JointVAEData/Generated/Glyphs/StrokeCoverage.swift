/// How much of each pixel of a square image a round pen inks that follows lines.
///
/// A pixel is as bright as the share of its width that lies within half a pen's width of the
/// nearest line, measured across that line: exact for straight strokes along rows and columns, and
/// within a tenth otherwise. Strokes that cross are no brighter there.
package struct StrokeCoverage: Sendable {
  /// Pixels along a side.
  let size: Int
  /// `[y, x]`: the square of the distance from the pixel's middle to the nearest line.
  private var squaredDistances: [Double]

  package init(size: Int) {
    self.size = size
    squaredDistances = [Double](repeating: .infinity, count: size * size)
  }

  /// Writes the ink, 0 to 255 rounded to the nearest, to `destination`: `[y, x]`.
  ///
  /// - Parameters:
  ///   - lines: each from point to point; x to the right and y down from the upper left corner, in
  ///     pixels.
  ///   - width: of the pen, in pixels.
  package mutating func draw(
    _ lines: [[Point]], width: Double, to destination: UnsafeMutableBufferPointer<UInt8>
  ) {
    precondition(destination.count == size * size, "the destination does not fit")
    for line in lines {
      guard let first = line.first else { continue }
      for (start, end) in zip([first] + line, line) { add(start, end, reach: width / 2 + 1) }
    }
    for place in 0..<size * size {
      // The part of the pixel's width, from -1/2 to 1/2, that the pen covers.
      let distance = squaredDistances[place].squareRoot()
      let covered = min(0.5, distance + width / 2) - max(-0.5, distance - width / 2)
      destination[place] = UInt8((min(1, max(0, covered)) * 255).rounded())
      squaredDistances[place] = .infinity
    }
  }

  /// Takes the line from `start` to `end` into account, for the pixels within `reach` of it.
  private mutating func add(_ start: Point, _ end: Point, reach: Double) {
    let along = Point(x: end.x - start.x, y: end.y - start.y)
    let squaredLength = along.x * along.x + along.y * along.y
    let scale = squaredLength > 0 ? 1 / squaredLength : 0
    func pixel(_ place: Double) -> Int { min(size - 1, max(0, Int(place.rounded(.down)))) }
    let columns = pixel(min(start.x, end.x) - reach)...pixel(max(start.x, end.x) + reach)
    for y in pixel(min(start.y, end.y) - reach)...pixel(max(start.y, end.y) + reach) {
      let down = Double(y) + 0.5 - start.y
      for x in columns {
        let across = Double(x) + 0.5 - start.x
        let share = min(1, max(0, (across * along.x + down * along.y) * scale))
        let (offX, offY) = (across - share * along.x, down - share * along.y)
        let place = y * size + x
        squaredDistances[place] = min(squaredDistances[place], offX * offX + offY * offY)
      }
    }
  }
}
