import Testing

/// The Winograd form in plain loops against the definitions.
@Suite struct WinogradOracleTests {
  static let shapes = [(size: 4, big: 1, small: 1), (4, 2, 3), (8, 3, 2)]

  @Test(
    "In Double, 9 products a tile give what 16 do, and 25 what 64 do", arguments: shapes, [2, 4])
  func equalsDefinition(shape: (size: Int, big: Int, small: Int), side: Int) {
    let (size, big, small) = shape
    let winograd = WinogradOracle<Double>(
      size: size, bigChannels: big, smallChannels: small, side: side)
    let oracle = ConvolutionOracle(size: size, bigChannels: big, smallChannels: small)
    let bigPlane = randomNumbers(4 * size * size * big, seed: 1)
    let smallPlane = randomNumbers(size * size * small, seed: 2)
    let w = randomNumbers(16 * big * small, seed: 3)
    let zeros = [Double](repeating: 0, count: max(big, small))
    #expect(
      relativeError(winograd.down(bigPlane, w), oracle.down(bigPlane, w, bias: zeros)) < 1e-14)
    #expect(
      relativeError(winograd.up(smallPlane, w), oracle.up(smallPlane, w, bias: zeros)) < 1e-14)
    #expect(
      relativeError(
        winograd.weightGradient(big: bigPlane, small: smallPlane),
        oracle.weightGradient(big: bigPlane, small: smallPlane)) < 1e-14)
  }

  @Test("In float32 the plain loops are off by rounding alone", arguments: [2, 4])
  func single(side: Int) {
    let winograd = WinogradOracle<Float>(
      size: 8, bigChannels: 2, smallChannels: 3, side: side)
    let oracle = ConvolutionOracle(size: 8, bigChannels: 2, smallChannels: 3)
    let big = randomNumbers(256 * 2, seed: 4)
    let w = randomNumbers(16 * 6, seed: 5)
    let result = winograd.down(big.map(Float.init), w.map(Float.init)).map(Double.init)
    let error = relativeError(result, oracle.down(big, w, bias: [0, 0, 0]))
    #expect(error > 0)
    #expect(error < 1e-6)
  }
}
