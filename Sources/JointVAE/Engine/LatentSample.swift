import CLibrary
import JointVAEKernels

/// The latent variables of one sample: what the heads say, the draw, and the derivatives of both.
///
/// z = mean + exp(logVariance / 2) epsilon; c = softmax((log(alpha + 1e-12) + g) / T) with
/// g = -log(-log(u + 1e-12) + 1e-12) (Dupont 2018, equations 5 and 6; the constants are the reference's).
struct LatentSample {
  let spec: LatentSpec
  let temperature: Float
  /// mean [D], log variance [D], logits of every alpha; after `backward` their derivatives stand in `headsGradient`.
  let heads: UnsafePointer<Float>
  /// alpha of every discrete variable.
  let alpha: UnsafeMutablePointer<Float>
  /// epsilon [D].
  let normals: UnsafeMutablePointer<Float>
  /// z [D], then c of every discrete variable.
  let latent: UnsafeMutablePointer<Float>

  static let tiny: Float = 1e-12

  /// Fills alpha, epsilon and the latent vector.
  func draw(noise: LatentNoise, sample: Int) {
    let d = spec.continuous
    noise.fillNormals(normals, count: d, sample: sample)
    for i in 0..<d { latent[i] = heads[i] + expf(0.5 * heads[d + i]) * normals[i] }
    let draws = latent + d
    noise.fillUniforms(draws, count: spec.categoryCount, sample: sample)
    var start = 0
    for categories in spec.discrete {
      softmax(heads + 2 * d + start, to: alpha + start, count: categories)
      if case .mode = noise {
        let largest = largestCategory(start: start, count: categories)
        for k in 0..<categories { draws[start + k] = k == largest ? 1 : 0 }
      } else {
        for k in start..<start + categories {
          let gumbel = -logf(-logf(draws[k] + Self.tiny) + Self.tiny)
          draws[k] = (logf(alpha[k] + Self.tiny) + gumbel) / temperature
        }
        softmax(draws + start, to: draws + start, count: categories)
      }
      start += categories
    }
  }

  /// Fills alpha by the kernels' own exponential function, which the explorer's page has, too. Training keeps the C library's, by
  /// which models were trained: another last bit of alpha would train another model.
  func findProbabilities(on instructions: InstructionSet) {
    var start = 0
    for categories in spec.discrete {
      (alpha + start).update(from: heads + 2 * spec.continuous + start, count: categories)
      instructions.softmax(alpha + start, count: categories)
      start += categories
    }
  }

  /// The category of the largest alpha; the first of equals.
  func largestCategory(start: Int, count: Int) -> Int {
    var best = 0
    for k in 1..<max(count, 1) where alpha[start + k] > alpha[start + best] { best = k }
    return best
  }

  /// KL of each dimension of z, then sum alpha log alpha of each discrete variable; nats.
  func divergences(to values: UnsafeMutablePointer<Double>) {
    let d = spec.continuous
    for i in 0..<d {
      let mean = Double(heads[i])
      let logVariance = Double(heads[d + i])
      values[i] = KLDivergence.normal(mean: mean, logVariance: logVariance)
    }
    var start = 0
    for (index, categories) in spec.discrete.enumerated() {
      var sum = 0.0
      for k in start..<start + categories { sum += KLDivergence.category(alpha[k]) }
      values[d + index] = sum
      start += categories
    }
  }

  /// From the derivatives by the latent vector to those by the heads.
  ///
  /// - Parameters:
  ///   - gradient: of the loss by z and c.
  ///   - continuousSlope: derivative of the loss by this sample's KL of z.
  ///   - discreteSlope: derivative of the loss by this sample's sum alpha log alpha.
  ///   - others: what else the loss changes with mean, log variance and alpha; nil for nothing.
  func backward(
    _ gradient: UnsafePointer<Float>, continuousSlope: Float, discreteSlope: Float,
    adding others: TermSlopes? = nil, to headsGradient: UnsafeMutablePointer<Float>
  ) {
    let d = spec.continuous
    for i in 0..<d {
      let deviation = expf(0.5 * heads[d + i])
      let slopes = KLDivergence.normalSlopes(mean: heads[i], deviation: deviation)
      headsGradient[i] = gradient[i] + continuousSlope * slopes.mean
      headsGradient[d + i] =
        gradient[i] * 0.5 * deviation * normals[i] + continuousSlope * slopes.logVariance
      if let others {
        headsGradient[i] += others.mean[i]
        headsGradient[d + i] += others.logVariance[i]
      }
    }
    var start = 0
    for categories in spec.discrete {
      let range = start..<start + categories
      let c = latent + d
      let byDraw = gradient + d
      var mixed: Float = 0
      for k in range { mixed += byDraw[k] * c[k] }
      let byLogits = headsGradient + 2 * d
      var total: Float = 0
      for k in range {
        let shifted = alpha[k] + Self.tiny
        var byAlpha =
          c[k] * (byDraw[k] - mixed) / temperature / shifted
          + discreteSlope * KLDivergence.categorySlope(alpha[k])
        if let others { byAlpha += others.alpha[k] }
        byLogits[k] = byAlpha
        total += byAlpha * alpha[k]
      }
      for k in range { byLogits[k] = alpha[k] * (byLogits[k] - total) }
      start += categories
    }
  }
}

/// The derivatives by one sample's numbers of terms that depend on the latents of a batch.
struct TermSlopes {
  let mean: UnsafePointer<Float>
  let logVariance: UnsafePointer<Float>
  let alpha: UnsafePointer<Float>
}

/// `output[k] = exp(input[k]) / sum exp(input)`; both may be the same.
func softmax(
  _ input: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, count: Int
) {
  var largest = -Float.infinity
  for k in 0..<count { largest = max(largest, input[k]) }
  var sum: Float = 0
  for k in 0..<count {
    output[k] = expf(input[k] - largest)
    sum += output[k]
  }
  for k in 0..<count { output[k] /= sum }
}
