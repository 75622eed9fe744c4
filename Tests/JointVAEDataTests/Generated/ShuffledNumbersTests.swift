import JointVAEData
import Testing

@Suite("Shuffled numbers")
struct ShuffledNumbersTests {
  private func order(_ count: Int, seed: UInt64) -> [Int] {
    let numbers = ShuffledNumbers(count: count, seed: seed, purpose: .spriteOrder)
    return (0..<count).map { numbers[$0] }
  }

  @Test("are all numbers below the count, each once")
  func permutation() {
    for count in [1, 2, 3, 4, 5, 16, 17, 255, 256, 1000, 4097, 100_000] {
      for seed in 1...3 as ClosedRange<UInt64> {
        #expect(order(count, seed: seed).sorted() == Array(0..<count), "\(count) from \(seed)")
      }
    }
  }

  @Test("come in other orders from other seeds")
  func seeds() {
    let orders = Set((0..<50 as Range<UInt64>).map { order(1000, seed: $0) })
    #expect(orders.count == 50)
    #expect(order(1000, seed: 7) == order(1000, seed: 7))
  }

  @Test("have no tie to their positions")
  func unrelated() {
    // Over the seeds every number is as often at every position.
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 10), count: 10)
    for seed in 0..<10_000 as Range<UInt64> {
      for (position, number) in order(10, seed: seed).enumerated() { counts[position][number] += 1 }
    }
    // 1000 each, with a standard deviation of 30.
    #expect(counts.joined().allSatisfy { abs($0 - 1000) < 150 }, "\(counts)")
    // Neighbors are as far apart as two numbers drawn at random are: a third of the count.
    let numbers = order(100_000, seed: 1)
    let distance = zip(numbers, numbers.dropFirst()).reduce(0) { $0 + abs($1.0 - $1.1) }
    #expect(abs(Double(distance) / 1e10 - 1.0 / 3) < 0.005)
  }
}
