import JointVAEKernels

/// The numbers below a count, each once, in an order that a seed chooses; without a table of them.
///
/// A Feistel network shuffles the numbers below a power of four: it cuts a number in two halves and
/// adds to one half, in turns, a random function of the other, which can be undone whatever the
/// function (Luby and Rackoff 1988). A result that is not below the count is put in again until one
/// is, which keeps different numbers apart (Black and Rogaway 2002, "cycle walking").
package struct ShuffledNumbers: Sendable {
  /// How many there are.
  package let count: Int
  /// Bits of each half.
  private let halfWidth: Int
  /// One random function a round.
  private let keys: [UInt64]

  /// - Precondition: `count` is from 1 to 2^40.
  package init(count: Int, seed: UInt64, purpose: RandomPurpose) {
    precondition((1...(1 << 40)).contains(count), "the count is out of range")
    self.count = count
    var halfWidth = 1
    while 1 << (2 * halfWidth) < count { halfWidth += 1 }
    self.halfWidth = halfWidth
    var random = RandomSequence(seed: seed, purpose: purpose, index: 0)
    keys = (0..<8).map { _ in random.next() }
  }

  /// The number at `position` of the order.
  ///
  /// - Precondition: `position` is a number below `count`.
  package subscript(position: Int) -> Int {
    precondition((0..<count).contains(position), "the order has no such position")
    var number = position
    repeat { number = shuffled(number) } while number >= count
    return number
  }

  private func shuffled(_ number: Int) -> Int {
    let mask = (UInt64(1) << UInt64(halfWidth)) - 1
    var (high, low) = (UInt64(number) >> UInt64(halfWidth), UInt64(number) & mask)
    for key in keys {
      (high, low) = (low, high ^ (SplitMix64.mix(low ^ key) & mask))
    }
    return Int(high << UInt64(halfWidth) | low)
  }
}
