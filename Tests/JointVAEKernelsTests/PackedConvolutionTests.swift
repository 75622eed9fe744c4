import JointVAEKernels
import Testing

/// The passes of a layer under either method, against plain loops in Double.
@Suite struct PackedConvolutionTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    /// Height and width of the big plane.
    let height: Int
    let width: Int
    let big: Int
    let small: Int
    let samples: Int

    init(height: Int, width: Int, big: Int, small: Int, samples: Int) {
      (self.height, self.width, self.big, self.small) = (height, width, big, small)
      self.samples = samples
    }

    init(size: Int, big: Int, small: Int, samples: Int) {
      self.init(height: 2 * size, width: 2 * size, big: big, small: small, samples: samples)
    }

    var testDescription: String {
      "\(height)x\(width), \(big) and \(small) channels, \(samples)"
    }
    var layer: StridedConvolution {
      StridedConvolution(big: (height, width), bigChannels: big, smallChannels: small)
    }
    var oracle: ConvolutionOracle {
      ConvolutionOracle(big: (height, width), bigChannels: big, smallChannels: small)
    }
    var bigCount: Int { height * width * big }
    var smallCount: Int { (height + 1) / 2 * ((width + 1) / 2) * small }
  }

  /// Every width of a plane from 4 to more than a block holds, whole blocks and parts of one.
  static let shapes =
    [
      (4, 32, 32, 1), (4, 32, 64, 3), (4, 64, 64, 9), (8, 32, 32, 1), (8, 32, 64, 3),
      (8, 96, 32, 2),
      (16, 32, 32, 2), (32, 32, 32, 1),
    ].map { Shape(size: $0.0, big: $0.1, small: $0.2, samples: $0.3) }
    // Odd sides, whose halves are rounded up; planes narrower than a tile, and wider than a block.
    + [
      (14, 14, 32, 64, 3), (7, 7, 64, 64, 9), (31, 17, 32, 32, 2), (9, 5, 32, 64, 5),
      (1, 1, 32, 32, 3), (2, 1, 32, 32, 2), (1, 9, 64, 32, 4), (3, 140, 32, 32, 1),
      (70, 12, 32, 32, 1), (25, 50, 32, 32, 2),
    ].map { Shape(height: $0.0, width: $0.1, big: $0.2, small: $0.3, samples: $0.4) }

  /// What a layer computes of one input, without borders.
  struct Results {
    var down: [Double]
    var up: [Double]
    var bigGradient: [Double]
    var smallGradient: [Double]
    var weightGradients: [[Double]]
    var hasZeroBorders = true
    var bits: [UInt32] = []
  }

  /// Inputs of a shape; values, planes and weights are the same for every method and instruction
  /// set.
  struct Inputs {
    let shape: Shape
    let big: [Double]
    let small: [Double]
    let weights: [Double]
    let bias: [Double]
    /// Of the activation, and of its gradient.
    let slope: Double

    init(_ shape: Shape, slope: Double = 0) {
      self.shape = shape
      self.slope = slope
      big = randomNumbers(shape.samples * shape.bigCount, seed: 71)
      small = randomNumbers(shape.samples * shape.smallCount, seed: 72)
      weights = randomNumbers(shape.layer.weightCount, seed: 73)
      bias = randomNumbers(max(shape.big, shape.small), seed: 74)
    }

    func parts(_ values: [Double], _ count: Int) -> [[Double]] {
      (0..<shape.samples).map { Array(values[($0 * count)..<(($0 + 1) * count)]) }
    }

    /// In Double, by the definitions.
    func expected() -> Results {
      let oracle = shape.oracle
      let zeros = bias.map { _ in 0.0 }
      let bigs = parts(big, shape.bigCount)
      let smalls = parts(small, shape.smallCount)
      var gradient = [Double](repeating: 0, count: weights.count)
      for (big, small) in zip(bigs, smalls) {
        for (i, part) in oracle.weightGradient(big: big, small: small).enumerated() {
          gradient[i] += part
        }
      }
      func masked(_ values: [Double], by mask: [Double]) -> [Double] {
        zip(values, mask).map { $1 > 0 ? $0 : slope * $0 }
      }
      func activated(_ values: [Double]) -> [Double] { masked(values, by: values) }
      return Results(
        down: bigs.flatMap { activated(oracle.down($0, weights, bias: bias)) },
        up: smalls.flatMap { activated(oracle.up($0, weights, bias: bias)) },
        bigGradient: masked(smalls.flatMap { oracle.up($0, weights, bias: zeros) }, by: big),
        smallGradient: masked(bigs.flatMap { oracle.down($0, weights, bias: zeros) }, by: small),
        weightGradients: [gradient, gradient.map { 2 * $0 }])
    }

    /// By the kernels.
    func computed(_ method: ConvolutionMethod, on set: InstructionSet) -> Results {
      computed(
        PackedConvolution(shape.layer, method: method, passes: [.down, .up]), on: set)
    }

    /// Directly, or by tiles of that size; nil where the planes have no room for them.
    func computed(tile: WinogradTile?, on set: InstructionSet) -> Results? {
      let winograd = tile.flatMap { WinogradConvolution(shape.layer, tile: $0) }
      guard tile == nil || winograd != nil else { return nil }
      return computed(
        PackedConvolution(shape.layer, winograd: winograd, upward: winograd, passes: [.down, .up]),
        on: set)
    }

    private func computed(_ packed: PackedConvolution, on set: InstructionSet) -> Results {
      let layer = shape.layer
      let n = shape.samples
      let master = FloatBuffer(count: layer.weightCount)
      forEachWeight { master.start[$1] = Float(weights[$0]) }
      let biases = FloatBuffer(count: bias.count)
      for (i, value) in bias.enumerated() { biases.start[i] = Float(value) }
      for block in 0..<packed.packingBlocks { packed.pack(master.start, block: block, on: set) }
      // What stood in the scratch memory must not matter.
      let scratch = FloatBuffer(count: packed.scratchCount)
      scratch.values.update(repeating: 1e30)
      let bigs = planes(big, layer.big)
      let smalls = planes(small, layer.small)
      let down = FloatBuffer(count: n * layer.small.count)
      let up = FloatBuffer(count: n * layer.big.count)
      let gradient = FloatBuffer(count: layer.weightCount)
      let bigGradient = planes(big, layer.big)
      let smallGradient = planes(small, layer.small)
      let held = [
        master, biases, scratch, bigs, smalls, down, up, gradient, bigGradient, smallGradient,
      ]
      defer { withExtendedLifetime((held, packed)) {} }
      packed.down(
        bigs.start, samples: n, weights: master.start, bias: biases.start, to: down.start,
        epilogue: .leaky(slope: Float(slope)), scratch: scratch.start, on: set)
      packed.up(
        smalls.start, samples: n, bias: biases.start, to: up.start,
        epilogue: .leaky(slope: Float(slope)),
        scratch: scratch.start, on: set)
      gradient.values.update(repeating: 7)
      packed.backwardOfDown(
        bigGradient.start, outputGradient: smalls.start, samples: n, to: gradient.start,
        accumulates: false, slope: Float(slope), scratch: scratch.start, on: set)
      let first = gradientValues(gradient)
      packed.backwardOfUp(
        smallGradient.start, outputGradient: bigs.start, samples: n, weights: master.start,
        to: gradient.start, accumulates: true, slope: Float(slope), scratch: scratch.start,
        on: set)
      var results = Results(
        down: interiors(down, layer.small), up: interiors(up, layer.big),
        bigGradient: interiors(bigGradient, layer.big),
        smallGradient: interiors(smallGradient, layer.small),
        weightGradients: [first, gradientValues(gradient)])
      results.hasZeroBorders =
        haveZeroBorders(down, layer.small) && haveZeroBorders(up, layer.big)
        && haveZeroBorders(bigGradient, layer.big) && haveZeroBorders(smallGradient, layer.small)
      results.bits = [down, up, bigGradient, smallGradient, gradient]
        .flatMap { $0.values.map(\.bitPattern) }
      return results
    }

    private func forEachWeight(_ body: (_ oracle: Int, _ ours: Int) -> Void) {
      for s in 0..<shape.small {
        for b in 0..<shape.big {
          for k in 0..<16 {
            body(
              (s * shape.big + b) * 16 + k,
              shape.layer.weightIndex(small: s, big: b, ky: k / 4, kx: k % 4))
          }
        }
      }
    }

    private func gradientValues(_ buffer: FloatBuffer) -> [Double] {
      var values = [Double](repeating: 0, count: weights.count)
      forEachWeight { values[$0] = Double(buffer.start[$1]) }
      return values
    }

    private func planes(_ values: [Double], _ layout: Plane) -> FloatBuffer {
      let buffer = FloatBuffer(count: shape.samples * layout.count)
      for (n, part) in parts(values, layout.pixelCount * layout.channels).enumerated() {
        let one = plane(part, layout)
        withExtendedLifetime(one) {
          (buffer.start + n * layout.count).update(from: one.start, count: layout.count)
        }
      }
      return buffer
    }

    private func interiors(_ buffer: FloatBuffer, _ layout: Plane) -> [Double] {
      (0..<shape.samples).flatMap { interior(buffer, layout, plane: $0) }
    }

    private func haveZeroBorders(_ buffer: FloatBuffer, _ layout: Plane) -> Bool {
      (0..<shape.samples).allSatisfy { n in
        let copy = FloatBuffer(count: layout.count)
        copy.start.update(from: buffer.start + n * layout.count, count: layout.count)
        return hasZeroBorder(copy, layout)
      }
    }
  }

  private func errors(_ results: Results, _ expected: Results) -> [Double] {
    [
      relativeError(results.down, expected.down), relativeError(results.up, expected.up),
      relativeError(results.bigGradient, expected.bigGradient),
      relativeError(results.smallGradient, expected.smallGradient),
    ] + zip(results.weightGradients, expected.weightGradients).map(relativeError)
  }

  @Test(
    "Every method computes every pass, Winograd's with at most 3 times the error",
    arguments: shapes)
  func passes(shape: Shape) {
    check(Inputs(shape))
  }

  @Test("Every method computes every pass of leaky ReLU", arguments: shapes)
  func leakyPasses(shape: Shape) {
    check(Inputs(shape, slope: 0.25))
  }

  private func check(_ inputs: Inputs) {
    let expected = inputs.expected()
    for set in InstructionSet.available {
      guard let direct = inputs.computed(tile: nil, on: set) else { continue }
      for tile in WinogradTile.allCases {
        guard let winograd = inputs.computed(tile: tile, on: set) else { continue }
        #expect(direct.hasZeroBorders && winograd.hasZeroBorders, "\(set)")
        for (bound, error) in zip(errors(direct, expected), errors(winograd, expected)) {
          #expect(bound < 1e-6, "\(set)")
          // A direct sum of the 16 products of one plane is nearly exact.
          #expect(error < 3 * max(bound, 1e-7), "\(set), tiles of \(tile)")
          #expect(error < 1e-6, "\(set), tiles of \(tile)")
        }
      }
    }
  }

  @Test("Prints the errors: the table of docs/engine.md", .enabled(if: LayerTiming.isWanted))
  func printErrors() {
    print("big plane, B, S  way  down up big gradient, small gradient, weight gradients")
    for shape in Self.shapes {
      let expected = Inputs(shape).expected()
      for tile in [nil] + WinogradTile.allCases {
        guard let results = Inputs(shape).computed(tile: tile, on: .fastest) else { continue }
        let text = errors(results, expected).map { "\(($0 * 1e8).rounded() / 10)" }
        print("\(shape.testDescription)  \(tile.map { "\($0)" } ?? "direct")  \(text)  e-7")
      }
    }
  }

  @Test("Planes of more than four pixels have room for tiles of either size", arguments: shapes)
  func room(shape: Shape) {
    let hasRoom = WinogradConvolution(shape.layer, tile: .four) != nil
    #expect(hasRoom || shape.height <= 4)
    #expect(WinogradConvolution(shape.layer, tile: .two) != nil)
  }

  @Test("All fused instruction sets give the same bits", arguments: shapes, WinogradTile.allCases)
  func sameBits(shape: Shape, tile: WinogradTile) {
    let inputs = Inputs(shape)
    let results = InstructionSet.available.filter(\.isFused)
      .map { inputs.computed(tile: tile, on: $0)?.bits }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test(
    "A sample's bits do not depend on the samples beside it", arguments: ConvolutionMethod.allCases)
  func neighbors(method: ConvolutionMethod) {
    let shape = Shape(size: 4, big: 32, small: 64, samples: 11)
    let all = Inputs(shape).computed(method, on: .fastest)
    // The first samples of a longer slice have the same random numbers.
    let few = Inputs(Shape(size: 4, big: 32, small: 64, samples: 3)).computed(method, on: .fastest)
    #expect(Array(all.down.prefix(few.down.count)) == few.down)
    #expect(Array(all.up.prefix(few.up.count)) == few.up)
  }

  @Test("Without copies for up, the backward pass leaves its input alone")
  func gradientOnly() {
    let layer = StridedConvolution(size: 4, bigChannels: 32, smallChannels: 32)
    for method in ConvolutionMethod.allCases {
      let packed = PackedConvolution(layer, method: method, passes: .down)
      let input = plane(randomNumbers(64 * 32, seed: 80), layer.big)
      let before = input.values.map(\.bitPattern)
      let output = plane(randomNumbers(16 * 32, seed: 81), layer.small)
      let gradient = FloatBuffer(count: layer.weightCount)
      let scratch = FloatBuffer(count: packed.scratchCount)
      defer { withExtendedLifetime([input, output, gradient, scratch]) {} }
      packed.backwardOfDown(
        input.start, outputGradient: output.start, samples: 1, to: gradient.start,
        accumulates: false, scratch: scratch.start, on: .fastest)
      #expect(input.values.map(\.bitPattern) == before, "\(method)")
      #expect(gradient.values.contains { $0 != 0 }, "\(method)")
    }
  }
}
