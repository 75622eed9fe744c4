import CLibrary

/// Philox4x32-10 (Salmon et al. 2011): random numbers as a function of a key and a counter.
///
/// Numbers that depend only on what they are for cannot be changed by the order in which threads, slices of a batch
/// or a resumed run ask for them.
public struct Philox: Sendable {
  /// The key, from the seed.
  public var key: SIMD2<UInt32>

  /// The numbers of a seed.
  public init(seed: UInt64) {
    key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
  }

  /// Four random words for a counter.
  public func words(_ counter: SIMD4<UInt32>) -> SIMD4<UInt32> {
    var x = counter
    var k = key
    for _ in 0..<10 {
      let first = UInt64(x[0]) * 0xD251_1F53
      let second = UInt64(x[2]) * 0xCD9E_8D57
      x = SIMD4(
        UInt32(truncatingIfNeeded: second >> 32) ^ x[1] ^ k[0],
        UInt32(truncatingIfNeeded: second),
        UInt32(truncatingIfNeeded: first >> 32) ^ x[3] ^ k[1],
        UInt32(truncatingIfNeeded: first))
      k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85)
    }
    return x
  }

  /// A number of [0, 1) with 24 random bits.
  public static func uniform(_ word: UInt32) -> Float { Float(word >> 8) * 0x1p-24 }
}

extension Philox {
  /// Two independent numbers of the standard normal distribution from two random words (Box and Muller 1958).
  public static func normals(_ first: UInt32, _ second: UInt32) -> (Float, Float) {
    // The half keeps the logarithm's argument above 0.
    let radius = (-2 * log((Double(first) + 0.5) * 0x1p-32)).squareRoot()
    let angle = 2 * Double.pi * (Double(second) * 0x1p-32)
    return (Float(radius * cos(angle)), Float(radius * sin(angle)))
  }
}
