import JointVAEData
import Testing

@Suite("Random numbers")
struct RandomTests {
  @Test("from a state are SplitMix64's published ones")
  func knownAnswers() {
    var random = IndexedRandom(state: 1_234_567)
    #expect(
      (0..<5).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("of other seeds, purposes and indices are others")
  func sequences() {
    var firsts: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for purpose in IndexedRandom.Purpose.allCases {
        for index in 0..<500 {
          var random = IndexedRandom(seed: seed, purpose: purpose, index: index)
          firsts.insert(random.next())
        }
      }
    }
    #expect(firsts.count == 20 * IndexedRandom.Purpose.allCases.count * 500)
  }

  @Test("of neighbouring indices are uniform and unrelated")
  func uniform() {
    var counts = [Int](repeating: 0, count: 10)
    var product = 0.0
    var before = 0.0
    for index in 0..<10_000 {
      var random = IndexedRandom(seed: 3, purpose: .trainingShapes, index: index)
      let number = random.number(in: -1...1)
      #expect((-1...1).contains(number))
      counts[min(9, Int((number + 1) * 5))] += 1
      product += number * before
      before = number
    }
    // Standard deviations: 30 for a count, 33 for the sum of products.
    #expect(counts.allSatisfy { abs($0 - 1000) < 150 })
    #expect(abs(product) < 165)
  }

  @Test("below a bound reach every number of it")
  func bounded() {
    var random = IndexedRandom(state: 1)
    var seen: Set<Int> = []
    for _ in 0..<200 { seen.insert(random.number(below: 7)) }
    #expect(seen == Set(0..<7))
    #expect(random.number(below: 1) == 0)
  }
}

@Suite("Parallel loops")
struct ParallelLoopTests {
  struct Failure: Error, Equatable { var piece: Int }

  @Test("do every piece once", arguments: [1, 2, 4, 100])
  func everyPiece(threads: Int) throws {
    for count in [0, 1, 3, 1000] {
      var done = [Int](repeating: 0, count: count)
      try done.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        try ParallelLoop.run(count: count, threads: threads) { buffer[$0] += 1 }
      }
      #expect(done.allSatisfy { $0 == 1 })
    }
  }

  @Test("throw what the first failing piece throws", arguments: [1, 2, 4])
  func failure(threads: Int) {
    #expect(throws: Failure(piece: 3)) {
      try ParallelLoop.run(count: 100, threads: threads) { piece in
        if piece >= 3 { throw Failure(piece: piece) }
      }
    }
  }
}
