/// Colors that are nearly alike, and how many pixels have them.
struct ColorSample {
  var position: SIMD4<Float>
  var weight: Double
}

/// The colors of images, gathered in cells of 2 levels of luma and 8 of chroma.
struct ColorHistogram {
  /// The mean of each cell that is not empty.
  private(set) var samples: [ColorSample] = []
  /// Black and white, as far as they occur.
  private(set) var blackAndWhite: Set<Color> = []

  init(_ images: [Image]) {
    var counts = [Int](repeating: 0, count: 1 << 17)
    var sums = [SIMD4<Int>](repeating: .zero, count: 1 << 17)
    for image in images {
      for pixel in 0..<image.width * image.height {
        let color = image.color(at: pixel)
        let (red, green, blue) = (Int(color.red), Int(color.green), Int(color.blue))
        let luma = (77 * red + 150 * green + 29 * blue) >> 8
        let cell =
          (luma >> 1) << 10 | ((blue - luma + 256) >> 4) << 5 | (red - luma + 256) >> 4
        counts[cell] += 1
        sums[cell] &+= SIMD4(red, green, blue, 0)
        if color.isBlackOrWhite { blackAndWhite.insert(color) }
      }
    }
    for (cell, count) in counts.enumerated() where count > 0 {
      let mean = sums[cell]
      let scale = 1 / Float(count)
      samples.append(
        ColorSample(
          position: LumaChroma.position(
            red: Float(mean.x) * scale, green: Float(mean.y) * scale, blue: Float(mean.z) * scale),
          weight: Double(count)))
    }
  }
}
