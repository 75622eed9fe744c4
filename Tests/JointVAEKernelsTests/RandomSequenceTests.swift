import JointVAEKernels
import Testing

@Suite("Random numbers")
struct RandomTests {
  @Test("from a state are SplitMix64's published ones")
  func knownAnswers() {
    var random = RandomSequence(state: 1_234_567)
    #expect(
      (0..<5).map { _ in random.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("of a seed and an index stay what they are")
  func promised() {
    // Computed by another program from the formulas.
    let first: [(RandomPurpose, UInt64)] = [
      (.validation, 6_667_619_228_391_615_972),
      (.trainingShapes, 6_291_253_779_189_788_260),
      (.testShapes, 790_154_741_786_207_218),
      (.spriteOrder, 5_774_976_005_973_465_239),
      (.trainingGlyphs, 14_667_268_237_121_133_249),
      (.testGlyphs, 17_512_406_771_172_822_564),
      (.glyphTremor, 8_599_988_213_831_226_859),
      (.shuffling, 4_882_654_318_797_003_183),
      (.trainingColoredShapes, 2_580_409_774_441_416_147),
      (.testColoredShapes, 5_296_787_981_927_056_291),
    ]
    for (purpose, number) in first {
      var random = RandomSequence(seed: 7, purpose: purpose, index: 5)
      #expect(random.next() == number, "\(purpose)")
    }
    var random = RandomSequence(seed: 7, purpose: .factorDraws)
    #expect(
      (0..<3).map { _ in random.next() } == [
        11_803_895_943_535_320_441,
        12_829_621_590_926_353_272,
        12_749_183_969_479_521_994,
      ])
  }

  @Test("of other seeds, purposes and indices are others")
  func sequences() {
    var firsts: Set<UInt64> = []
    for seed in 0..<20 as Range<UInt64> {
      for purpose in RandomPurpose.allCases {
        for index in 0..<500 {
          var random = RandomSequence(seed: seed, purpose: purpose, index: index)
          firsts.insert(random.next())
        }
      }
    }
    #expect(firsts.count == 20 * RandomPurpose.allCases.count * 500)
  }

  @Test("of neighboring indices are uniform and unrelated")
  func uniform() {
    var counts = [Int](repeating: 0, count: 10)
    var product = 0.0
    var before = 0.0
    for index in 0..<10_000 {
      var random = RandomSequence(seed: 3, purpose: .trainingShapes, index: index)
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
    var random = RandomSequence(state: 1)
    var seen: Set<Int> = []
    for _ in 0..<200 { seen.insert(random.number(below: 7)) }
    #expect(seen == Set(0..<7))
    #expect(random.number(below: 1) == 0)
  }
}
