/// How much of each pixel of a square image lies inside a polygon, exactly.
///
/// The area left of each pixel's right border, bounded by an edge and signed by whether the edge
/// goes up or down, adds up over all edges to the area inside the polygon. An edge is cut at every
/// line of the pixel grid; a piece within one pixel adds a trapezium to that pixel and its whole
/// height to every pixel to its right, so one sum along each row at the end does the rest.
package struct PolygonCoverage: Sendable {
  /// Pixels along a side.
  let size: Int
  /// `[y, x]`, one column to spare: what pieces add within their pixel, and to all pixels right of
  /// it.
  private var within: [Double]
  private var rightward: [Double]

  package init(size: Int) {
    self.size = size
    within = [Double](repeating: 0, count: size * (size + 1))
    rightward = within
  }

  /// Writes the coverage of `corners`, 0 to 255 rounded to the nearest, to `destination`: `[y, x]`.
  ///
  /// - Parameter corners: of a polygon that does not cross itself and lies inside the image,
  ///   clockwise on the screen; x to the right and y down from the upper left corner, in
  ///   pixels.
  package mutating func draw(_ corners: [Point], to destination: UnsafeMutableBufferPointer<UInt8>)
  {
    precondition(destination.count == size * size, "the destination does not fit")
    destination.update(repeating: 0)
    guard let box = box(of: corners) else { return }
    for index in corners.indices {
      addEdge(from: corners[index], to: corners[index + 1 < corners.count ? index + 1 : 0])
    }
    for y in box.rows {
      var sum = 0.0
      for x in box.columns {
        let place = y * (size + 1) + x
        sum += rightward[place]
        let coverage = min(1, max(0, sum + within[place]))
        destination[y * size + x] = UInt8((coverage * 255).rounded())
        within[place] = 0
        rightward[place] = 0
      }
      // What the last column handed on.
      rightward[y * (size + 1) + box.columns.upperBound + 1] = 0
    }
  }

  /// The rows and columns that a polygon's edges may add to; nil without corners.
  private func box(of corners: [Point]) -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>)? {
    guard let first = corners.first else { return nil }
    var (low, high) = (first, first)
    for corner in corners {
      (low.x, high.x) = (min(low.x, corner.x), max(high.x, corner.x))
      (low.y, high.y) = (min(low.y, corner.y), max(high.y, corner.y))
    }
    func pixel(_ place: Double) -> Int { min(size - 1, max(0, Int(place.rounded(.down)))) }
    // Where an edge crosses a row is rounded, which may carry it into the next column.
    let columns = max(0, pixel(low.x) - 1)...min(size - 1, pixel(high.x) + 1)
    return (pixel(low.y)...pixel(high.y), columns)
  }

  /// Cuts an edge at the lines between rows.
  private mutating func addEdge(from start: Point, to end: Point) {
    guard start.y != end.y else { return }
    let slope = (end.x - start.x) / (end.y - start.y)
    let (top, bottom) = (min(start.y, end.y), max(start.y, end.y))
    var y = top
    while y < bottom {
      let next = min(bottom, y.rounded(.down) + 1)
      addRowPiece(
        from: Point(x: start.x + slope * (y - start.y), y: y),
        to: Point(x: start.x + slope * (next - start.y), y: next), sign: end.y < start.y ? 1 : -1)
      y = next
    }
  }

  /// Cuts a piece of an edge within one row, going down, at the lines between columns.
  private mutating func addRowPiece(from start: Point, to end: Point, sign: Double) {
    let row = min(size - 1, max(0, Int(((start.y + end.y) / 2).rounded(.down))))
    let height = (end.y - start.y) * sign
    let (left, right) = (min(start.x, end.x), max(start.x, end.x))
    var x = left
    repeat {
      let next = min(right, x.rounded(.down) + 1)
      let share = right > left ? (next - x) / (right - left) : 1
      let middle = (x + next) / 2
      let column = min(size - 1, max(0, Int(middle.rounded(.down))))
      let place = row * (size + 1) + column
      within[place] += height * share * (Double(column + 1) - middle)
      rightward[place + 1] += height * share
      x = next
    } while x < right
  }
}
