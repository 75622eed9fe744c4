import Foundation

/// The message digest of 128 bits that older projects publish. It detects damage, not malice:
/// two files that share one can be made on purpose.
///
/// Source: RFC 1321, section 3.
struct MD5: BlockDigest {
  static let isBigEndian = false

  private var hash: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476]

  /// `2^32 |sin(i)|` for i from 1, rounded down.
  private let constants = (1...64).map { UInt32(4_294_967_296 * abs(sin(Double($0)))) }
  /// How far the words of each round are turned.
  private let turns: [[UInt32]] = [
    [7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21],
  ]

  init() {}

  var bytes: [UInt8] {
    hash.flatMap { word in [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: word >> $0) } }
  }

  mutating func compress(_ block: UnsafeRawBufferPointer) {
    var (a, b, c, d) = (hash[0], hash[1], hash[2], hash[3])
    for step in 0..<64 {
      let mixed: UInt32
      let place: Int
      switch step / 16 {
      case 0: (mixed, place) = ((b & c) | (~b & d), step)
      case 1: (mixed, place) = ((b & d) | (c & ~d), (5 * step + 1) % 16)
      case 2: (mixed, place) = (b ^ c ^ d, (3 * step + 5) % 16)
      default: (mixed, place) = (c ^ (b | ~d), 7 * step % 16)
      }
      let word = UInt32(
        littleEndian: block.loadUnaligned(fromByteOffset: 4 * place, as: UInt32.self))
      let sum = a &+ mixed &+ constants[step] &+ word
      let turn = turns[step / 16][step % 4]
      (a, d, c, b) = (d, c, b, b &+ (sum << turn | sum >> (32 - turn)))
    }
    for (index, word) in [a, b, c, d].enumerated() { hash[index] &+= word }
  }
}
