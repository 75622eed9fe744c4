import JointVAEKernels

/// The order in which an epoch visits the training images: a permutation that depends on seed and epoch alone.
struct ImageOrder {
  let indices: [Int]

  /// Fisher and Yates' shuffle with counter-based numbers; `epoch` counts from 0.
  init(count: Int, seed: UInt64, epoch: Int) {
    let random = Philox(seed: seed)
    var indices = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      let words = random.words(
        SIMD4(
          UInt32(truncatingIfNeeded: last), UInt32(truncatingIfNeeded: last >> 32),
          UInt32(truncatingIfNeeded: epoch), RandomPurpose.order.rawValue))
      let word = UInt64(words[0]) << 32 | UInt64(words[1])
      // The upper half of a 64 x 64 bit product maps a word to 0...last all but evenly.
      let other = Int(word.multipliedFullWidth(by: UInt64(last + 1)).high)
      indices.swapAt(last, other)
    }
    self.indices = indices
  }
}
