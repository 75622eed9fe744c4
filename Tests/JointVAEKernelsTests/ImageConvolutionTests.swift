import JointVAEKernels
import Testing

/// Convolutions next to images, of any size, channels and width, against plain loops in Double.
@Suite struct ImageConvolutionTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let height: Int
    let width: Int
    let channels: Int
    let small: Int
    var testDescription: String { "\(height)x\(width)x\(channels) and \(small)" }
    var layer: StridedConvolution {
      StridedConvolution(big: (height, width), bigChannels: channels, smallChannels: small)
    }
    var oracle: ConvolutionOracle {
      ConvolutionOracle(big: (height, width), bigChannels: channels, smallChannels: small)
    }
    var bigCount: Int { height * width * channels }
    var smallCount: Int { (height + 1) / 2 * ((width + 1) / 2) * small }
  }

  static let shapes = [
    (16, 16, 1, 32), (28, 28, 1, 32), (31, 17, 1, 32), (48, 80, 3, 32), (8, 8, 3, 64),
    (9, 11, 2, 96), (8, 37, 4, 32), (100, 12, 3, 64), (33, 66, 1, 128), (8, 256, 1, 32),
  ].map { Shape(height: $0.0, width: $0.1, channels: $0.2, small: $0.3) }

  @Test("Down, up, weight gradient and sums of channels", arguments: shapes)
  func passes(shape: Shape) {
    let (layer, oracle) = (shape.layer, shape.oracle)
    let big = randomNumbers(shape.bigCount, seed: 91)
    let small = randomNumbers(shape.smallCount, seed: 92)
    let weights = randomNumbers(layer.weightCount, seed: 93)
    let bias = randomNumbers(128, seed: 94)
    let master = FloatBuffer(count: layer.weightCount)
    forEachWeight(shape) { master.start[$1] = Float(weights[$0]) }
    let biases = FloatBuffer(count: bias.count)
    for (i, value) in bias.enumerated() { biases.start[i] = Float(value) }
    let (bigs, smalls) = (plane(big, layer.big), plane(small, layer.small))
    defer { withExtendedLifetime([master, biases, bigs, smalls]) {} }
    for set in InstructionSet.available {
      let packed = FloatBuffer(count: layer.weightCount)
      let (down, up) = (FloatBuffer(count: layer.small.count), FloatBuffer(count: layer.big.count))
      let gradient = FloatBuffer(count: layer.weightCount)
      let sums = FloatBuffer(count: 32)
      defer { withExtendedLifetime([packed, down, up, gradient, sums]) {} }
      for block in 0..<StridedConvolution.packingBlocks {
        layer.pack(master.start, block: block, to: packed.start, on: set)
      }
      layer.down(
        bigs.start, weights: master.start, bias: biases.start, to: down.start, epilogue: .none,
        on: set)
      layer.up(
        smalls.start, packed: packed.start, bias: biases.start, to: up.start, epilogue: .none,
        on: set)
      layer.weightGradient(
        big: bigs.start, small: smalls.start, samples: 1, to: gradient.start, accumulates: false,
        on: set)
      layer.big.addChannelSums(of: bigs.start, to: sums.start, on: set)
      #expect(
        relativeError(interior(down, layer.small), oracle.down(big, weights, bias: bias)) < 1e-6)
      #expect(relativeError(interior(up, layer.big), oracle.up(small, weights, bias: bias)) < 1e-6)
      #expect(hasZeroBorder(down, layer.small) && hasZeroBorder(up, layer.big), "\(set)")
      var found = [Double](repeating: 0, count: weights.count)
      forEachWeight(shape) { found[$0] = Double(gradient.start[$1]) }
      #expect(relativeError(found, oracle.weightGradient(big: big, small: small)) < 1e-6)
      for channel in 0..<shape.channels {
        let expected = stride(from: channel, to: big.count, by: shape.channels)
          .reduce(0) { $0 + big[$1] }
        #expect(abs(Double(sums.start[channel]) - expected) < 1e-4, "\(set)")
      }
    }
  }

  private func forEachWeight(_ shape: Shape, _ body: (_ oracle: Int, _ ours: Int) -> Void) {
    for s in 0..<shape.small {
      for b in 0..<shape.channels {
        for k in 0..<16 {
          body(
            (s * shape.channels + b) * 16 + k,
            shape.layer.weightIndex(small: s, big: b, ky: k / 4, kx: k % 4))
        }
      }
    }
  }
}
