import JointVAEKernels

extension JointVAEModel {
  /// The parameters of q(z, c | x) for images.
  ///
  /// - Parameter threads: nil for as many as the batch is worth.
  /// - Throws: `ModelError.imageShape`.
  public func encode(_ images: ImageBatch, threads: Int? = nil) throws -> Encoding {
    guard images.shape == imageShape else {
      throw ModelError.imageShape(images: images.shape, model: imageShape)
    }
    let spec = latents
    var mean: [Float] = []
    var logVariance: [Float] = []
    var probabilities = spec.discrete.map { _ in [Float]() }
    let d = spec.continuous
    images.values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      withEngine(samples: min(images.count, Self.batchSize), threads: threads) { engine in
        forEachBatch(of: images.count) { batch in
          engine.encode(
            .floats(start + batch.lowerBound * imageShape.valueCount), count: batch.count,
            parts: engine.slices(batch.count))
          engine.drawLatents(count: batch.count, noise: .mode)
          for latent in (0..<batch.count).lazy.map(engine.latentSample) {
            mean += UnsafeBufferPointer(start: latent.heads, count: d)
            logVariance += UnsafeBufferPointer(start: latent.heads + d, count: d)
            for variable in spec.discrete.indices {
              let categories = spec.categories(of: variable)
              probabilities[variable] += UnsafeBufferPointer(
                start: latent.alpha + categories.lowerBound - d, count: categories.count)
            }
          }
        }
      }
    }
    return Encoding(
      latents: spec, count: images.count, mean: mean, logVariance: logVariance,
      probabilities: probabilities)
  }

  /// Images drawn from latent vectors.
  ///
  /// - Parameter latents: `[image, dimension]`: z, then every c.
  /// - Throws: `ModelError.latentCount`.
  public func decode(_ latents: [Float], threads: Int? = nil) throws -> ImageBatch {
    let dimension = self.latents.dimension
    guard latents.count % dimension == 0 else {
      throw ModelError.latentCount(numbers: latents.count, dimension: dimension)
    }
    let count = latents.count / dimension
    let valueCount = imageShape.valueCount
    let values = [Float](unsafeUninitializedCapacity: count * valueCount) { values, written in
      withEngine(samples: min(count, Self.batchSize), threads: threads) { engine in
        forEachBatch(of: count) { batch in
          engine.computeFeatures(of: latents, at: batch)
          if let start = values.baseAddress {
            engine.render(count: batch.count, to: start + batch.lowerBound * valueCount)
          }
        }
      }
      written = count * valueCount
    }
    return ImageBatch(shape: imageShape, values: values)
  }

  /// Images through the model and back, with z its mean and c its most probable category.
  /// - Throws: `ModelError.imageShape`.
  public func reconstruct(_ images: ImageBatch, threads: Int? = nil) throws -> ImageBatch {
    try decode(encode(images, threads: threads).modes(), threads: threads)
  }

  /// Images drawn from the prior: z standard normal, every c uniform unless `categories` says which.
  ///
  /// - Parameters:
  ///   - categories: a category for some of the discrete variables, by the variable's number.
  ///   - seed: the same seed gives the same images.
  /// - Throws: `ModelError.category`.
  public func sample(
    count: Int, categories: [Int: Int] = [:], seed: UInt64 = 1, threads: Int? = nil
  ) throws -> ImageBatch {
    try decode(
      samplePrior(count: count, categories: categories, seed: seed), threads: threads)
  }

  /// Latent vectors drawn from the prior, `[image, dimension]`; see `sample`.
  /// - Throws: `ModelError.category`.
  public func samplePrior(count: Int, categories: [Int: Int] = [:], seed: UInt64 = 1) throws
    -> [Float]
  {
    let spec = latents
    for (variable, category) in categories.sorted(by: { $0.key < $1.key }) {
      guard spec.discrete.indices.contains(variable),
        (0..<spec.discrete[variable]).contains(category)
      else { throw ModelError.category(category, variable: variable, latents: spec) }
    }
    let random = Philox(seed: seed)
    var vectors: [Float] = []
    vectors.reserveCapacity(count * spec.dimension)
    for image in 0..<count {
      func words(_ index: Int) -> SIMD4<UInt32> {
        random.words(
          SIMD4(
            UInt32(index), UInt32(truncatingIfNeeded: image),
            UInt32(truncatingIfNeeded: image >> 32),
            RandomPurpose.prior.rawValue))
      }
      for dimension in 0..<spec.continuous {
        let words = words(dimension)
        vectors.append(Philox.normals(words[0], words[1]).0)
      }
      for (variable, count) in spec.discrete.enumerated() {
        // The upper half of a 32 x 32 bit product.
        let drawn = (UInt64(words(spec.continuous + variable)[0]) * UInt64(count)) >> 32
        let category = categories[variable] ?? Int(drawn)
        vectors += (0..<count).map { $0 == category ? 1 : 0 }
      }
    }
    return vectors
  }

  func forEachBatch(of count: Int, _ body: (Range<Int>) -> Void) {
    for start in stride(from: 0, to: count, by: Self.batchSize) {
      body(start..<min(start + Self.batchSize, count))
    }
  }
}
