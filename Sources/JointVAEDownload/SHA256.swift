/// The Secure Hash Algorithm of 256 bits.
///
/// Source: FIPS 180-4, sections 4.1.2, 4.2.2, 5.3.3 and 6.2.2.
struct SHA256: BlockDigest {
  static let isBigEndian = true

  /// The first 32 bits of the fractions of the square roots of the first 8 primes.
  private var hash: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]

  /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
  private let constants = SHA256.cubeRootFractions()

  init() {}

  var bytes: [UInt8] {
    hash.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
  }

  mutating func compress(_ block: UnsafeRawBufferPointer) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { schedule in
      for t in 0..<16 {
        schedule[t] = UInt32(
          bigEndian: block.loadUnaligned(fromByteOffset: 4 * t, as: UInt32.self))
      }
      for t in 16..<64 {
        let (old, new) = (schedule[t - 15], schedule[t - 2])
        let sigma0 = Self.rotated(old, 7) ^ Self.rotated(old, 18) ^ old >> 3
        let sigma1 = Self.rotated(new, 17) ^ Self.rotated(new, 19) ^ new >> 10
        schedule[t] = sigma1 &+ schedule[t - 7] &+ sigma0 &+ schedule[t - 16]
      }
      var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
      var (e, f, g, h) = (hash[4], hash[5], hash[6], hash[7])
      for t in 0..<64 {
        let sum1 = Self.rotated(e, 6) ^ Self.rotated(e, 11) ^ Self.rotated(e, 25)
        let choice = (e & f) ^ (~e & g)
        let first = h &+ sum1 &+ choice &+ constants[t] &+ schedule[t]
        let sum0 = Self.rotated(a, 2) ^ Self.rotated(a, 13) ^ Self.rotated(a, 22)
        let majority = (a & b) ^ (a & c) ^ (b & c)
        (h, g, f, e) = (g, f, e, d &+ first)
        (d, c, b, a) = (c, b, a, first &+ sum0 &+ majority)
      }
      for (index, word) in [a, b, c, d, e, f, g, h].enumerated() { hash[index] &+= word }
    }
  }

  private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
    word >> count | word << (32 - count)
  }

  /// Computed in whole numbers, rather than listed, so that none can be mistyped: the largest `r`
  /// with `r³ <= prime · 2^96` ends in the 32 bits.
  private static func cubeRootFractions() -> [UInt32] {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < 64 {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { prime in
      var root: UInt64 = 0
      for bit in (0..<36).reversed() {
        let larger = root | 1 << bit
        let cube = UInt128(larger) * UInt128(larger) * UInt128(larger)
        if cube <= UInt128(prime) << 96 { root = larger }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }
}
