/// Random numbers that are a function of a seed, a purpose, an index and how many were drawn
/// before.
///
/// Every index has a sequence of its own, so image 7 is the same whoever draws it, and whatever was
/// drawn before. Each sequence is a SplitMix64 (Steele, Lea and Flood 2014), started at a mix of
/// the three.
package struct IndexedRandom: RandomNumberGenerator {
  /// What the numbers are for; purposes share no sequence.
  package enum Purpose: UInt64, CaseIterable {
    case validation = 1
    case trainingShapes = 2
    case testShapes = 3
    case spriteOrder = 4
    case trainingGlyphs = 5
    case testGlyphs = 6
    case glyphTremor = 7
    case shuffling = 8
  }

  private var state: UInt64

  package init(seed: UInt64, purpose: Purpose, index: Int) {
    let stream = Self.mix(Self.mix(seed &+ Self.step) ^ purpose.rawValue &* Self.step)
    state = Self.mix(stream &+ UInt64(truncatingIfNeeded: index) &* Self.step)
  }

  /// The sequence of SplitMix64 from `state`.
  package init(state: UInt64) {
    self.state = state
  }

  package mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// A number of `range`, uniformly: 2^53 different ones.
  package mutating func number(in range: ClosedRange<Double>) -> Double {
    let share = Double(next() >> 11) / 9_007_199_254_740_991
    return range.lowerBound + (range.upperBound - range.lowerBound) * share
  }

  /// A number from 0 to `bound - 1`.
  ///
  /// The high half of the product with 64 random bits: uneven by less than `bound` in 2^64, and,
  /// unlike `Int.random(in:using:)`, the same with every release of Swift.
  package mutating func number(below bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// 2^64 divided by the golden ratio, odd.
  private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// A bijection of 64 bits in which every bit of the input turns about half of the output's.
  static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
