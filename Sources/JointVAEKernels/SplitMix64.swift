/// SplitMix64 (Steele, Lea and Flood 2014): 64 random bits a step from a state that counts up.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The numbers that follow `state`.
  public init(state: UInt64) { self.state = state }

  /// The sequence of a seed, a stream and an index; each of the three changes all of it.
  init(seed: UInt64, stream: UInt64, index: Int) {
    let start = Self.mix(Self.mix(seed &+ Self.step) ^ stream &* Self.step)
    state = Self.mix(start &+ UInt64(truncatingIfNeeded: index) &* Self.step)
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// 2^64 divided by the golden ratio, odd.
  private static let step: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// A bijection of 64 bits in which every bit of the input turns about half of the output's.
  public static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
