import JointVAE

/// How often each gray occurs among the outermost pixels of a set's images.
struct BorderHistogram: Sendable {
  private var counts = [Int](repeating: 0, count: 256)

  /// Counts the border of gray images of `size`, one after the other.
  mutating func add(_ images: UnsafeBufferPointer<UInt8>, size: ImageSize) {
    let (height, width) = (size.height, size.width)
    for start in stride(from: 0, to: images.count, by: size.pixelCount) {
      let last = start + width * (height - 1)
      for x in 0..<width {
        counts[Int(images[start + x])] += 1
        counts[Int(images[last + x])] += 1
      }
      for row in 1..<max(1, height - 1) {
        counts[Int(images[start + row * width])] += 1
        counts[Int(images[start + row * width + width - 1])] += 1
      }
    }
  }

  /// What most of them are: `dark` or `light` when two thirds lie in the darkest or lightest
  /// quarter of the scale.
  ///
  /// Ink may reach the border here and there, and scanned paper is not all white.
  var border: PreparationReport.Border {
    let total = counts.reduce(0, +)
    if 3 * counts[..<64].reduce(0, +) >= 2 * total { return .dark }
    if 3 * counts[192...].reduce(0, +) >= 2 * total { return .light }
    return .mixed
  }
}
