import JointVAEKernels

/// Where the randomness of a batch's latent samples comes from.
package enum LatentNoise: Sendable {
  /// None: z is the mean, c the one-hot of the largest alpha, as in evaluation.
  case mode
  /// A function of seed, step, sample and dimension.
  case random(seed: UInt64, step: Int)
  /// The same for the second batch of a step, with numbers of its own.
  case second(seed: UInt64, step: Int)
  /// Given numbers: `normals[sample, D]`, and `uniforms[sample, categories]`.
  case given(normals: [Float], uniforms: [Float])

  private var isSecond: Bool { if case .second = self { true } else { false } }

  /// Writes epsilon of one sample.
  func fillNormals(_ values: UnsafeMutablePointer<Float>, count: Int, sample: Int) {
    switch self {
    case .mode: values.update(repeating: 0, count: count)
    case .random(let seed, let step), .second(let seed, let step):
      let purpose = isSecond ? RandomPurpose.secondNormal : .normal
      Self.fill(values, count: count, seed: seed, step: step, sample: sample, for: purpose) {
        let first = Philox.normals($0[0], $0[1])
        let second = Philox.normals($0[2], $0[3])
        return SIMD4(first.0, first.1, second.0, second.1)
      }
    case .given(let normals, _):
      for i in 0..<count { values[i] = normals[sample * count + i] }
    }
  }

  /// Writes u of one sample, numbers of [0, 1).
  func fillUniforms(_ values: UnsafeMutablePointer<Float>, count: Int, sample: Int) {
    switch self {
    case .mode: values.update(repeating: 0.5, count: count)
    case .random(let seed, let step), .second(let seed, let step):
      let purpose = isSecond ? RandomPurpose.secondUniform : .uniform
      Self.fill(values, count: count, seed: seed, step: step, sample: sample, for: purpose) {
        SIMD4(
          Philox.uniform($0[0]), Philox.uniform($0[1]), Philox.uniform($0[2]),
          Philox.uniform($0[3]))
      }
    case .given(_, let uniforms):
      for i in 0..<count { values[i] = uniforms[sample * count + i] }
    }
  }

  /// Writes what `four` makes of four random words at a time.
  private static func fill(
    _ values: UnsafeMutablePointer<Float>, count: Int, seed: UInt64, step: Int, sample: Int,
    for purpose: RandomPurpose, _ four: (SIMD4<UInt32>) -> SIMD4<Float>
  ) {
    let random = Philox(seed: seed)
    for start in stride(from: 0, to: count, by: 4) {
      let numbers = four(
        random.words(
          SIMD4(
            UInt32(start), UInt32(sample), UInt32(truncatingIfNeeded: step), purpose.rawValue)))
      for i in 0..<min(4, count - start) { values[start + i] = numbers[i] }
    }
  }
}
