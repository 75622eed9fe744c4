extension Palette {
  /// 256 colors that come near to all of those in RGB `images`, often used ones nearest.
  ///
  /// The colors are gathered in small cells. A box around all cells is cut in two where its
  /// spread is widest, then the worst box of all, until there are enough (variance-based median
  /// cut, after Heckbert 1982 and Wu 1991). Lloyd's algorithm (k-means) then moves each color to
  /// the middle of those that are nearest to it. Black and white stay exact where they occur:
  /// they are backgrounds and letters.
  static func best(_ images: [Image]) -> Palette {
    let histogram = ColorHistogram(images)
    let kept = histogram.blackAndWhite.sorted { $0.red < $1.red }
    var centers = ColorBoxes.split(histogram.samples, into: 256 - kept.count)
    let fixed = kept.map(LumaChroma.position(of:))
    for _ in 0..<refinements {
      centers = refined(centers, fixed, histogram.samples)
    }
    return Palette(colors: kept + centers.map(LumaChroma.color(at:)))
  }

  /// Rounds of Lloyd's algorithm. Most is gained in the first few.
  private static let refinements = 8

  /// Moves each center to the mean of the samples that are nearest to it.
  private static func refined(
    _ centers: [SIMD4<Float>], _ fixed: [SIMD4<Float>], _ samples: [ColorSample]
  ) -> [SIMD4<Float>] {
    let search = NearestPosition(fixed + centers)
    var sums = [SIMD4<Double>](repeating: .zero, count: fixed.count + centers.count)
    var weights = [Double](repeating: 0, count: sums.count)
    for sample in samples {
      let nearest = search.index(of: sample.position)
      sums[nearest] += SIMD4<Double>(sample.position) * sample.weight
      weights[nearest] += sample.weight
    }
    return centers.indices.map { index in
      let weight = weights[fixed.count + index]
      guard weight > 0 else { return centers[index] }
      return SIMD4<Float>(sums[fixed.count + index] / weight)
    }
  }
}
