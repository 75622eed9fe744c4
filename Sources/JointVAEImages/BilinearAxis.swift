/// How each value along one axis of a resized image is mixed from neighbors of the original.
///
/// A triangle of height 1 stands over the center of each new pixel. It reaches one original pixel
/// to either side when enlarging, and one new pixel when reducing, so that every original pixel
/// counts (antialiasing). Weights are whole numbers whose sum stands for 1 = 2^22; this, and the
/// rounding, is what makes results equal to Pillow's to the last bit.
struct BilinearAxis: Sendable {
  /// Bits behind the point of a weight.
  static let fractionBits = 22

  /// The first original pixel that counts, for each new pixel.
  let starts: [Int]
  /// `tapCount` weights for each new pixel; zeros fill up.
  let weights: [Int32]
  /// Original pixels that are read for each new pixel.
  let tapCount: Int

  init(from oldSize: Int, to newSize: Int) {
    let taps = (0..<newSize).map { BilinearAxis.taps(of: $0, from: oldSize, to: newSize) }
    let tapCount = taps.reduce(1) { max($0, $1.weights.count) }
    // Every pixel gets the same number of taps; those at the end start earlier to stay inside.
    let starts = taps.map { min($0.start, oldSize - tapCount) }
    var weights: [Int32] = []
    weights.reserveCapacity(newSize * tapCount)
    for (tap, start) in zip(taps, starts) {
      let before = tap.start - start
      weights.append(contentsOf: repeatElement(0, count: before))
      weights.append(contentsOf: tap.weights)
      weights.append(
        contentsOf: repeatElement(0, count: tapCount - before - tap.weights.count))
    }
    self.starts = starts
    self.weights = weights
    self.tapCount = tapCount
  }

  private static func taps(
    of index: Int, from oldSize: Int, to newSize: Int
  ) -> (start: Int, weights: [Int32]) {
    let scale = Double(oldSize) / Double(newSize)
    let reach = max(scale, 1)
    let center = (Double(index) + 0.5) * scale
    let start = max(0, Int(center - reach + 0.5))
    let end = min(oldSize, Int(center + reach + 0.5))
    // A product with the reciprocal, not a quotient: it decides the last bit.
    let slope = 1 / reach
    let heights = (start..<end).map { pixel in
      max(0, 1 - abs((Double(pixel) - center + 0.5) * slope))
    }
    let sum = heights.reduce(0, +)
    let one = Double(1 << fractionBits)
    return (start, heights.map { Int32(0.5 + $0 / sum * one) })
  }
}
