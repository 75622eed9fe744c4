import CLibrary
import JointVAEKernels

extension Discriminator {
  /// `logit as it is - logit exchanged`, the mean over the codes of a batch: an estimate of their total correlation.
  ///
  /// - Parameter weight: what the derivatives are multiplied by.
  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let count = batch.count
    let rows = Self.roundedUp(count)
    fill(0..<rows, with: batch) { image, _ in image }
    forward(0..<rows)
    let slope = Float(weight / Double(count))
    var sum = 0.0
    for row in 0..<rows {
      let (asIs, exchanged) = logits(row)
      if row < count { sum += Double(asIs) - Double(exchanged) }
      setSlopes(row, row < count ? (slope, -slope) : (0, 0))
    }
    backward(0..<rows, includesCodes: true)
    let (d, categories, width) = (
      latents.continuous, latents.categoryCount, layers[0].input.count
    )
    for image in 0..<count {
      let slopes = gradients[0].start + image * width
      for i in 0..<d { gradient.z[image * d + i] += slopes[i] }
      for k in 0..<categories { gradient.c[image * categories + k] += slopes[d + k] }
    }
    return sum / Double(count)
  }

  /// One step on the cross entropies of the codes that `evaluate` was given and of those of another batch, whose variables are
  /// exchanged between its images.
  func learn(from other: LatentBatch) {
    let count = other.count
    // A single image has none to exchange with.
    guard count > 1 else { return }
    let rows = Self.roundedUp(count)
    let orders = exchanges(count: count, step: other.step)
    fill(rows..<2 * rows, with: other) { image, variable in orders[variable][image] }
    forward(rows..<2 * rows)
    let scale = 0.5 / Float(count)
    for row in 0..<2 * rows {
      guard row % rows < count else {
        setSlopes(row, (0, 0))
        continue
      }
      let (asIs, exchanged) = logits(row)
      let chance = 1 / (1 + expf(exchanged - asIs))
      let slope = scale * (row < rows ? chance - 1 : chance)
      setSlopes(row, (slope, -slope))
    }
    backward(0..<2 * rows, includesCodes: false)
    update(rows: 2 * rows, step: other.step)
  }

  private func logits(_ row: Int) -> (asIs: Float, exchanged: Float) {
    let start = values[layers.count].start + row * layers[layers.count - 1].output.count
    return (start[0], start[1])
  }

  private func setSlopes(_ row: Int, _ slopes: (Float, Float)) {
    let width = layers[layers.count - 1].output.count
    let start = gradients[layers.count].start + row * width
    start.update(repeating: 0, count: width)
    (start[0], start[1]) = slopes
  }

  /// Writes codes to rows; rows without a code get zeros.
  ///
  /// - Parameter source: the image whose variable a row takes: every z and then every c.
  private func fill(
    _ rows: Range<Int>, with batch: LatentBatch, source: (_ image: Int, _ variable: Int) -> Int
  ) {
    let (d, categories, width) = (
      latents.continuous, latents.categoryCount, layers[0].input.count
    )
    for (image, row) in rows.enumerated() {
      let code = values[0].start + row * width
      guard image < batch.count else {
        code.update(repeating: 0, count: width)
        continue
      }
      for i in 0..<d { code[i] = batch.z[source(image, i) * d + i] }
      var start = 0
      for (index, size) in latents.discrete.enumerated() {
        let other = source(image, d + index) * categories
        for k in start..<start + size { code[d + k] = batch.c[other + k] }
        start += size
      }
    }
  }

  /// For each variable an order of the images, from the run's seed and the step.
  private func exchanges(count: Int, step: Int) -> [[Int]] {
    let random = Philox(seed: seed)
    return (0..<latents.continuous + latents.discrete.count).map { variable in
      var order = Array(0..<count)
      for last in stride(from: count - 1, to: 0, by: -1) {
        let words = random.words(
          SIMD4(
            UInt32(last), UInt32(variable), UInt32(truncatingIfNeeded: step),
            RandomPurpose.exchange.rawValue))
        let word = UInt64(words[0]) << 32 | UInt64(words[1])
        order.swapAt(last, Int(word.multipliedFullWidth(by: UInt64(last + 1)).high))
      }
      return order
    }
  }
}
