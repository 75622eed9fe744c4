/// Ranges of equal width from the smallest of some numbers to the largest.
struct Histogram {
  /// The lower border of each range, in order.
  private let borders: [Double]
  private let width: Double

  /// `bins` ranges, at least 1; numbers that are all equal have one range in use.
  init(_ values: [Double], bins: Int) {
    let smallest = values.min() ?? 0
    let largest = values.max() ?? 0
    let range = largest - smallest
    // The range of huge numbers of both signs is no number; the width may still be one.
    let width =
      range.isFinite
      ? range / Double(bins) : largest / Double(bins) - smallest / Double(bins)
    self.width = width
    borders = (0..<bins).map { smallest + Double($0) * width }
  }

  /// The range of each number: the last one whose lower border does not exceed it.
  func bins(of values: [Double]) -> [Int] {
    values.map { value in
      guard width > 0, let smallest = borders.first else { return 0 }
      var bin = Int(min(max((value - smallest) / width, 0), Double(borders.count - 1)))
      // The quotient's rounding may miss by one.
      while bin > 0, value < borders[bin] { bin -= 1 }
      while bin + 1 < borders.count, value >= borders[bin + 1] { bin += 1 }
      return bin
    }
  }
}
