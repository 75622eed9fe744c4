/// The arrays of an `Encoding`, batch by batch.
struct PosteriorArrays {
  private let latents: LatentSpec
  private var mean: [Float] = []
  private var logVariance: [Float] = []
  private var probabilities: [[Float]]

  init(_ latents: LatentSpec) {
    self.latents = latents
    probabilities = latents.discrete.map { _ in [] }
  }

  mutating func append(_ sample: LatentSample) {
    let d = latents.continuous
    mean += UnsafeBufferPointer(start: sample.heads, count: d)
    logVariance += UnsafeBufferPointer(start: sample.heads + d, count: d)
    for variable in latents.discrete.indices {
      let categories = latents.categories(of: variable)
      probabilities[variable] += UnsafeBufferPointer(
        start: sample.alpha + categories.lowerBound - d, count: categories.count)
    }
  }

  func encoding(count: Int) -> Encoding {
    Encoding(
      latents: latents, count: count, mean: mean, logVariance: logVariance,
      probabilities: probabilities)
  }
}
