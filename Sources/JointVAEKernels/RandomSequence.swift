/// Random choices in a row: a function of a seed, a purpose and an index, the same on every machine.
///
/// Every index has a sequence of its own. Image 7 is the same whichever thread draws it, and whatever was drawn before.
///
/// Generated data sets draw from SplitMix64, everything else from Philox. Both stay: which numbers a seed gives is a
/// promise that files on users' disks depend on.
public struct RandomSequence: RandomNumberGenerator, Sendable {
  private enum Generator: Sendable {
    case splitMix(SplitMix64)
    /// Philox with the counter (number, index, purpose).
    case philox(Philox, index: UInt32, purpose: RandomPurpose, number: UInt64)
  }

  private var generator: Generator

  /// The sequence of `seed` and `index` for one purpose.
  public init(seed: UInt64, purpose: RandomPurpose, index: Int = 0) {
    if let stream = purpose.splitMixStream {
      generator = .splitMix(SplitMix64(seed: seed, stream: stream, index: index))
    } else {
      generator = .philox(
        Philox(seed: seed), index: UInt32(truncatingIfNeeded: index), purpose: purpose, number: 0)
    }
  }

  /// SplitMix64 from `state`.
  public init(state: UInt64) { generator = .splitMix(SplitMix64(state: state)) }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    switch generator {
    case .splitMix(var sequence):
      let bits = sequence.next()
      generator = .splitMix(sequence)
      return bits
    case .philox(let philox, let index, let purpose, let number):
      generator = .philox(philox, index: index, purpose: purpose, number: number + 1)
      let words = philox.words(
        SIMD4(
          UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32), index,
          purpose.rawValue))
      return UInt64(words[0]) << 32 | UInt64(words[1])
    }
  }

  /// A number of `range`, uniformly: one of 2^53.
  public mutating func number(in range: ClosedRange<Double>) -> Double {
    let share = Double(next() >> 11) / 9_007_199_254_740_991
    return range.lowerBound + (range.upperBound - range.lowerBound) * share
  }

  /// A number from 0 to `bound - 1`.
  ///
  /// The high half of the product with 64 random bits: uneven by less than `bound` in 2^64. Unlike
  /// `Int.random(in:using:)`, it is the same with every release of Swift.
  /// - Precondition: `bound` is above 0.
  public mutating func number(below bound: Int) -> Int {
    precondition(bound > 0, "no number is below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }
}
