import JointVAEKernels

/// What the random numbers of a score are for: the last word of Philox's counter.
///
/// Numbers below 256 are JointVAE's own, so that no score shares numbers with a training run of the
/// same seed.
enum RandomPurpose: UInt32 {
  /// epsilon of posterior samples of z.
  case posteriorNormal = 256
  /// Posterior samples of c.
  case posteriorCategory
  /// Images that scores of disentanglement draw.
  case factorDraws
}

/// Random choices in a row, the same for a seed on every machine.
public struct MetricRandom: Sendable {
  private let random: Philox
  private let purpose: RandomPurpose
  private var index: UInt64 = 0

  /// The choices of a seed.
  public init(seed: UInt64) { self.init(seed: seed, purpose: .factorDraws) }

  init(seed: UInt64, purpose: RandomPurpose) {
    random = Philox(seed: seed)
    self.purpose = purpose
  }

  /// A number of `0..<bound`, all equally likely up to one part in `2^64 / bound`.
  /// - Precondition: `bound` is above 0.
  public mutating func number(below bound: Int) -> Int {
    precondition(bound > 0)
    let words = random.words(
      SIMD4(
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), 0,
        purpose.rawValue))
    index += 1
    let word = UInt64(words[0]) << 32 | UInt64(words[1])
    return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
  }
}
