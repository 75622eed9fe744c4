import JointVAEKernels
import Testing

@Suite struct ConvolutionMethodTests {
  /// (size, B, S) of the layers that networks for 16 to 128 pixels have.
  static let innerShapes = [
    (4, 32, 64), (4, 64, 64), (8, 32, 32), (8, 32, 64), (8, 64, 64), (16, 32, 32), (32, 32, 32),
  ].map { StridedConvolution(size: $0.0, bigChannels: $0.1, smallChannels: $0.2) }
  static let imageShapes = [(8, 1, 64), (16, 1, 32), (16, 3, 32), (32, 1, 32), (64, 3, 32)]
    .map { StridedConvolution(size: $0.0, bigChannels: $0.1, smallChannels: $0.2) }

  private func usesWinograd(_ layer: StridedConvolution, _ method: ConvolutionMethod) -> Bool {
    PackedConvolution(layer, method: method, passes: []).usesWinograd
  }

  @Test(
    "automatic transforms the inner layers and leaves those of the image", arguments: innerShapes)
  func innerLayers(layer: StridedConvolution) {
    #expect(usesWinograd(layer, .automatic))
    #expect(usesWinograd(layer, .winograd))
    #expect(!usesWinograd(layer, .direct))
  }

  @Test("Layers of the image are computed directly by every method", arguments: imageShapes)
  func imageLayers(layer: StridedConvolution) {
    for method in ConvolutionMethod.allCases { #expect(!usesWinograd(layer, method)) }
  }

  private func cost(_ layer: StridedConvolution, _ tile: WinogradTile) throws -> Int {
    ConvolutionCost.winograd(try #require(WinogradConvolution(layer, tile: tile)))
  }

  @Test("The model's known answer: 3 x 9 products and 4 moves of 9 points for every 4 pixels")
  func knownAnswer() throws {
    let layer = StridedConvolution(size: 4, bigChannels: 32, smallChannels: 32)
    #expect(ConvolutionCost.direct(layer) == 3 * 16 * 512 * 2)
    let products = 3 * 9 * 128 * 2
    let moves = 4 * 9 * (8 + 2) * ConvolutionCost.move
    #expect(
      try cost(layer, .two) == 4 * (products + products * ConvolutionCost.read / 32 + moves))
  }

  @Test(
    "Planes of 4 x 4 have tiles of 2 x 2, larger ones tiles of 4 x 4", arguments: innerShapes)
  func tiles(layer: StridedConvolution) throws {
    let winograd = try #require(PackedConvolution(layer, method: .automatic, passes: []).winograd)
    #expect(winograd.tile == (layer.small.width == 4 ? .two : .four))
  }

  @Test("Transposed convolutions go forward by tiles of 2 x 2", arguments: innerShapes)
  func forwardTiles(layer: StridedConvolution) throws {
    let decoder = PackedConvolution(layer, method: .automatic, passes: .up, isTransposed: true)
    #expect(try #require(decoder.upward).tile == .two)
    let encoder = PackedConvolution(layer, method: .automatic, passes: [.down, .up])
    #expect(encoder.upward == encoder.winograd)
  }

  @Test("Methods have the names a command line would take")
  func names() {
    #expect(ConvolutionMethod.allCases.map(\.rawValue) == ["direct", "winograd", "automatic"])
    #expect(ConvolutionMethod(rawValue: "winograd") == .winograd)
    #expect(ConvolutionMethod(rawValue: "fft") == nil)
  }

  @Test(
    "Packing blocks read every weight, and none twice", arguments: innerShapes + imageShapes,
    ConvolutionMethod.allCases)
  func packingRuns(layer: StridedConvolution, method: ConvolutionMethod) {
    let packed = PackedConvolution(layer, method: method, passes: [.down, .up])
    var counts = [Int](repeating: 0, count: layer.weightCount)
    for block in 0..<packed.packingBlocks {
      for run in packed.runs(ofBlock: block) {
        #expect(run.count % 16 == 0)
        for place in run { counts[place] += 1 }
      }
    }
    #expect(counts.allSatisfy { $0 == 1 })
  }

  @Test(
    "A block's copies depend on its own weights alone",
    arguments: [ConvolutionMethod.direct, .winograd])
  func packingReads(method: ConvolutionMethod) {
    let layer = StridedConvolution(size: 8, bigChannels: 32, smallChannels: 64)
    let packed = PackedConvolution(layer, method: method, passes: [.down, .up])
    let planes = FloatBuffer(count: 2 * layer.small.count)
    for (place, number) in randomNumbers(layer.small.count, seed: 4).enumerated() {
      planes.start[place] = Float(number)
    }
    let scratch = FloatBuffer(count: packed.scratchCount)
    let weights = FloatBuffer(count: layer.weightCount)
    for (place, number) in randomNumbers(layer.weightCount, seed: 5).enumerated() {
      weights.start[place] = Float(number)
    }
    defer { withExtendedLifetime([planes, scratch, weights]) {} }
    func up() -> [Float] {
      let output = FloatBuffer(count: layer.big.count)
      packed.up(
        planes.start, samples: 1, bias: nil, to: output.start, epilogue: .none,
        scratch: scratch.start, on: .fastest)
      return Array(output.values)
    }
    let blocks = 0..<packed.packingBlocks
    for block in blocks { packed.pack(weights.start, block: block, on: .fastest) }
    let first = up()
    for place in packed.runs(ofBlock: 3).joined() { weights.start[place] += 1 }
    packed.pack(weights.start, block: 3, on: .fastest)
    let changed = up()
    #expect(changed != first)
    for block in blocks { packed.pack(weights.start, block: block, on: .fastest) }
    #expect(up() == changed)
  }
}
