import JointVAEFiles
import JointVAEKernels

extension TrainingEngine {
  /// The latents of the batch that was encoded, for terms of the objective; twins have their own categories still.
  ///
  /// - Parameter trainingImages: images that the batch was drawn from.
  func latentBatch(count: Int, pairs: Int, step: Int, trainingImages: Int) -> LatentBatch {
    let spec = network.latents
    let activations = forward.activations
    func rows(_ buffer: FloatBuffer, row: Int, from start: Int, _ length: Int) -> [Float] {
      [Float](filling: count * length) { values, initialized in
        for sample in 0..<count {
          for i in 0..<length {
            values[sample * length + i] = buffer.start[sample * row + start + i]
          }
        }
        initialized = count * length
      }
    }
    let (d, categories) = (spec.continuous, spec.categoryCount)
    let heads = network.headsRow
    let latents = network.latentRow
    return LatentBatch(
      latents: spec, step: step, count: count, pairs: pairs, trainingImages: trainingImages,
      mean: rows(activations.heads, row: heads, from: 0, d),
      logVariance: rows(activations.heads, row: heads, from: d, d),
      z: rows(activations.latents, row: latents, from: 0, d),
      alpha: rows(activations.alpha, row: categories, from: 0, categories),
      c: rows(activations.latents, row: latents, from: d, categories))
  }
}

extension LatentGradient {
  /// Adds a sample's derivatives by z and c to `latent`, and hands the others to `body`.
  func withSlopes(
    of sample: Int, _ spec: LatentSpec, adding latent: UnsafeMutablePointer<Float>,
    _ body: (TermSlopes?) -> Void
  ) {
    let (d, categories) = (spec.continuous, spec.categoryCount)
    for i in 0..<d { latent[i] += z[sample * d + i] }
    for k in 0..<categories { latent[d + k] += c[sample * categories + k] }
    mean.withUnsafeBufferPointer { mean in
      logVariance.withUnsafeBufferPointer { logVariance in
        alpha.withUnsafeBufferPointer { alpha in
          // An empty array has no address, and its numbers are not asked for.
          let none = UnsafePointer(latent)
          body(
            TermSlopes(
              mean: mean.baseAddress.map { $0 + sample * d } ?? none,
              logVariance: logVariance.baseAddress.map { $0 + sample * d } ?? none,
              alpha: alpha.baseAddress.map { $0 + sample * categories } ?? none))
        }
      }
    }
  }
}
