import JointVAEKernels

extension Engine {
  /// The reconstruction loss of the batch: a sum over all values of all samples, in their order.
  func reconstructionSum(count: Int) -> Double {
    activations.reconstruction[..<count].reduce(0, +)
  }

  /// The derivatives of the batch's loss by its own alpha and c, summed over its samples in their order.
  func shapeGradient(count: Int) -> ShapeGradient {
    activations.shapeGradients[..<count].reduce(into: ShapeGradient()) { $0 += $1 }
  }

  /// For every z the sum over the batch of its KL, then for every c that of sum alpha log alpha.
  func divergenceSums(count: Int) -> [Double] {
    let variables = network.latents.continuous + network.latents.discrete.count
    var sums = [Double](repeating: 0, count: variables)
    for sample in 0..<count {
      for i in 0..<variables { sums[i] += activations.divergences[sample * variables + i] }
    }
    return sums
  }

  /// For each discrete variable, the batch's samples by their most probable category.
  func categoryCounts(count: Int) -> [[Int]] {
    var counts = network.latents.discrete.map { Array(repeating: 0, count: $0) }
    for sample in 0..<count {
      let latent = latentSample(sample)
      var start = 0
      for (index, categories) in network.latents.discrete.enumerated() {
        counts[index][latent.largestCategory(start: start, count: categories)] += 1
        start += categories
      }
    }
    return counts
  }

  /// Loss terms and category counts over all images of a source, with z its mean and c its most probable category.
  ///
  /// - Parameter loss: the objective's, with what was learned in place of `adaptive`.
  func evaluate(
    _ images: some ImageSource, objective: Objective, loss: AppliedLoss, step: Int
  ) -> (terms: LossTerms, categoryCounts: [[Int]]) {
    let valueCount = network.imageShape.valueCount
    let capacity = activations.capacity
    let indices = Array(0..<images.count)
    let pixels = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: capacity * valueCount)
    defer { pixels.deallocate() }
    var reconstruction = 0.0
    var divergences = [Double](
      repeating: 0, count: network.latents.continuous + network.latents.discrete.count)
    var categories = EpochSums(network.latents)
    for start in stride(from: 0, to: images.count, by: capacity) {
      let batch = indices[start..<min(start + capacity, images.count)]
      let values = UnsafeMutableBufferPointer(rebasing: pixels[..<(batch.count * valueCount)])
      images.copyImages(at: batch, to: values)
      guard let bytes = pixels.baseAddress else { break }
      encode(.bytes(bytes), parts: slices(batch.count))
      drawLatents(of: 0..<batch.count, noise: .mode)
      computeFeatures(of: 0..<batch.count)
      measure(loss, against: bytes, count: batch.count)
      reconstruction += reconstructionSum(count: batch.count)
      for (i, sum) in divergenceSums(count: batch.count).enumerated() { divergences[i] += sum }
      categories.add(categories: categoryCounts(count: batch.count))
    }
    let terms = objective.evaluate(
      reconstruction: reconstruction, divergences: divergences, samples: max(images.count, 1),
      step: step
    ).terms
    return (terms, categories.categoryCounts)
  }

  /// A batch cut into slices, for passes without gradients.
  func slices(_ count: Int) -> [Range<Int>] {
    Engine.split(count, into: max(1, count / Self.sliceSize(network)))
  }
}
