import JointVAEKernels
import Testing

@Suite struct PhiloxTests {
  /// The known answers published with Random123 1.09 (kat_vectors, philox4x32, 10 rounds).
  @Test func knownAnswers() {
    var random = Philox(seed: 0)
    #expect(
      random.words(SIMD4(0, 0, 0, 0))
        == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    random.key = SIMD2(repeating: .max)
    #expect(
      random.words(SIMD4(repeating: .max))
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    random.key = SIMD2(0xa409_3822, 0x299f_31d0)
    #expect(
      random.words(SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344))
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func seedIsTheKey() {
    #expect(Philox(seed: 0x299f_31d0_a409_3822).key == SIMD2(0xa409_3822, 0x299f_31d0))
  }

  @Test func uniformsStayBelowOne() {
    #expect(Philox.uniform(0) == 0)
    #expect(Philox.uniform(.max) == 1 - 0x1p-24)
  }

  @Test func normalsHaveTheirMoments() {
    let random = Philox(seed: 7)
    let count = 50_000
    var sums = (0.0, 0.0, 0.0, 0.0)
    for i in 0..<count / 2 {
      let words = random.words(SIMD4(UInt32(i), 0, 0, 0))
      let pair = Philox.normals(words[0], words[1])
      for value in [Double(pair.0), Double(pair.1)] {
        sums.0 += value
        sums.1 += value * value
        sums.2 += value * value * value
        sums.3 += value * value * value * value
      }
    }
    let n = Double(count)
    // Five standard errors: sqrt(1/n), sqrt(2/n), sqrt(15/n), sqrt(96/n).
    #expect(abs(sums.0 / n) < 5 * (1 / n).squareRoot())
    #expect(abs(sums.1 / n - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(sums.2 / n) < 5 * (15 / n).squareRoot())
    #expect(abs(sums.3 / n - 3) < 5 * (96 / n).squareRoot())
  }

  @Test func normalsOfExtremeWordsAreFinite() {
    for first: UInt32 in [0, 1, .max] {
      for second: UInt32 in [0, 1 << 31, .max] {
        let pair = Philox.normals(first, second)
        #expect(pair.0.isFinite && pair.1.isFinite)
      }
    }
  }
}
