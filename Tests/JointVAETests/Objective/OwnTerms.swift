import JointVAE

/// A term of a program's own that depends on everything a batch has, and on its images together:
///
///     sum_i (mean z_i)^2 + mean over images of (sum_i mean_i logVariance_i z_i + sum_k alpha_k^3 + sum_k alpha_k c_k)
struct OwnTerm: LatentTerm {
  var name = "own"
  var weight = 40.0

  func weight(atStep step: Int) -> Double { weight * Double(step) }

  func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    let (d, count) = (batch.latents.continuous, Double(batch.count))
    let slope = Float(weight / count)
    var value = 0.0
    for i in 0..<d {
      let places = stride(from: i, to: batch.z.count, by: d)
      let mean = places.reduce(0) { $0 + Double(batch.z[$1]) } / count
      value += mean * mean
      for place in places { gradient.z[place] += 2 * Float(mean) * slope }
    }
    for i in batch.z.indices {
      let (mean, logVariance, z) = (batch.mean[i], batch.logVariance[i], batch.z[i])
      value += Double(mean) * Double(logVariance) * Double(z) / count
      gradient.mean[i] += logVariance * z * slope
      gradient.logVariance[i] += mean * z * slope
      gradient.z[i] += mean * logVariance * slope
    }
    for k in batch.alpha.indices {
      let (alpha, c) = (batch.alpha[k], batch.c[k])
      value += Double(alpha) * (Double(alpha) * Double(alpha) + Double(c)) / count
      gradient.alpha[k] += (3 * alpha * alpha + c) * slope
      gradient.c[k] += alpha * slope
    }
    return value
  }

  /// The same in Double, of every image's latents.
  func value(_ images: [NetworkOracle.Latents]) -> Double {
    let count = Double(images.count)
    var value = 0.0
    for i in images[0].z.indices {
      let mean = images.reduce(0) { $0 + $1.z[i] } / count
      value += mean * mean
    }
    for image in images {
      for i in image.z.indices {
        value += image.mean[i] * image.logVariance[i] * image.z[i] / count
      }
      for (alpha, c) in zip(image.alpha, image.c) {
        value += (alpha * alpha * alpha + alpha * c) / count
      }
    }
    return value
  }
}

/// `KL_z + KL_c^2 / 2`.
struct OwnDivergenceTerm: DivergenceTerm {
  let name = "own_kl"
  let weight = 7.0

  func weight(atStep step: Int) -> Double { weight }

  func evaluate(_ divergences: TotalDivergences, step: Int) -> DivergenceTermValue {
    DivergenceTermValue(
      value: divergences.continuous + divergences.discrete * divergences.discrete / 2,
      slopes: TotalDivergences(continuous: 1, discrete: divergences.discrete))
  }
}

/// Counts its evaluations; its value is not a number when the count is `bad`.
struct CountingTerm: LatentTerm {
  let name = "count"
  var bad: Double?
  var state = [0.0]

  func weight(atStep step: Int) -> Double { 1 }

  mutating func evaluate(
    _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
  ) -> Double {
    state[0] += 1
    return state[0] == bad ? .nan : state[0]
  }

  mutating func restore(_ state: [Double]) -> Bool {
    guard state.count == 1 else { return false }
    self.state = state
    return true
  }
}
