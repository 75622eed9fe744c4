import JointVAEKernels

extension JointVAEModel {
  /// Images of codes that are drawn.
  ///
  /// It blocks while it computes; an async form does not.
  ///
  /// - Parameters:
  ///   - count: how many images to draw.
  ///   - source: what codes are drawn from.
  ///   - fixed: variables that keep a value in all images. The others are drawn as if these were, too.
  ///   - seed: the same seed gives the same images, however many are drawn.
  /// - Throws: `ModelError` for a variable, value or category that the model does not have, a negative count, or the
  ///   distribution of another model's codes.
  public func sample(
    _ count: Int, from source: LatentSource = .prior, fixing fixed: [FixedLatent] = [],
    seed: UInt64 = 1
  ) throws -> ImageBatch {
    guard count >= 0 else { throw ModelError.imageCount(count) }
    return try decode(vectors: drawVectors(0..<count, from: source, fixing: fixed, seed: seed))
  }

  /// Codes that are drawn; `sample` draws the images of the same codes.
  /// - Throws: as `sample`.
  public func sampleCodes(
    _ count: Int, from source: LatentSource = .prior, fixing fixed: [FixedLatent] = [],
    seed: UInt64 = 1
  ) throws -> [LatentCode] {
    guard count >= 0 else { throw ModelError.imageCount(count) }
    let vectors = try drawVectors(0..<count, from: source, fixing: fixed, seed: seed)
    let dimension = latents.dimension
    return (0..<count).map {
      LatentCode(latents, vector: Array(vectors[$0 * dimension..<($0 + 1) * dimension]))
    }
  }

  /// `count` images from one code to another, both ends included.
  /// - Throws: as `LatentCode.interpolated(to:count:)` and `decode(_:)`.
  public func interpolate(
    from start: LatentCode, to end: LatentCode, count: Int = 8
  ) throws -> ImageBatch {
    try decode(start.interpolated(to: end, count: count))
  }

  /// The latent vectors of some of the images that a seed gives.
  func drawVectors(
    _ images: Range<Int>, from source: LatentSource, fixing fixed: [FixedLatent], seed: UInt64
  ) throws -> [Float] {
    let spec = latents
    try fixed.validate(in: spec)
    var posterior: (AggregatePosterior, components: [Int])?
    if case .aggregate(let aggregate) = source {
      if let misfit = aggregate.misfit(in: spec) { throw ModelError.otherCodes(misfit) }
      posterior = (aggregate, aggregate.components(with: fixed))
    }
    let random = Philox(seed: seed)
    var vectors: [Float] = []
    vectors.reserveCapacity(images.count * spec.dimension)
    for image in images {
      func words(_ index: Int) -> SIMD4<UInt32> {
        random.words(
          SIMD4(
            UInt32(index), UInt32(truncatingIfNeeded: image),
            UInt32(truncatingIfNeeded: image >> 32),
            RandomPurpose.prior.rawValue))
      }
      let normals = (0..<spec.continuous).map { dimension in
        let words = words(dimension)
        return Philox.normals(words[0], words[1]).0
      }
      let component = posterior.map { aggregate, components in
        aggregate.component(
          at: Double(words(spec.continuous)[0]) / 0x1p32, among: components)
      }
      vectors += component?.codes(of: normals) ?? normals
      for (variable, count) in spec.discrete.enumerated() {
        // The upper half of a 32 x 32 bit product.
        let drawn = (UInt64(words(spec.continuous + variable)[0]) * UInt64(count)) >> 32
        let category =
          component.flatMap { $0.categories.dropFirst(variable).first } ?? Int(drawn)
        vectors += (0..<count).map { $0 == category ? 1 : 0 }
      }
      let start = vectors.count - spec.dimension
      for latent in fixed {
        switch latent {
        case .continuous(let index, let value): vectors[start + index] = Float(value)
        case .discrete(let index, let category):
          let places = spec.categories(of: index)
          for place in places {
            vectors[start + place] = place == places.lowerBound + category ? 1 : 0
          }
        }
      }
    }
    return vectors
  }
}
