/// Where the white of a square picture is, and how it is spread.
struct Moments {
  /// White pixels.
  var area = 0.0
  /// The center of gravity from the upper left corner, in pixels.
  var x = 0.0
  var y = 0.0
  /// Mean squares and mean product of the distances from it, in square pixels.
  var xx = 0.0
  var yy = 0.0
  var xy = 0.0

  /// - Parameter image: `[y, x]`, 0 black to 255 white.
  init(_ image: [UInt8], size: Int) {
    func sum(_ value: (Double, Double) -> Double) -> Double {
      image.indices.reduce(0) { total, place in
        let (x, y) = (Double(place % size) + 0.5, Double(place / size) + 0.5)
        return total + Double(image[place]) / 255 * value(x, y)
      }
    }
    area = sum { _, _ in 1 }
    let (middleX, middleY) = (sum { x, _ in x } / area, sum { _, y in y } / area)
    (x, y) = (middleX, middleY)
    xx = sum { x, _ in (x - middleX) * (x - middleX) } / area
    yy = sum { _, y in (y - middleY) * (y - middleY) } / area
    xy = sum { x, y in (x - middleX) * (y - middleY) } / area
  }
}
