import JointVAEKernels
import Testing

/// The convolutions' kernels against plain loops in Double.
@Suite struct StridedConvolutionTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let size: Int
    let big: Int
    let small: Int
    var testDescription: String { "\(2 * size)x\(2 * size)x\(big) and \(size)x\(size)x\(small)" }
    var oracle: ConvolutionOracle {
      ConvolutionOracle(size: size, bigChannels: big, smallChannels: small)
    }
    var layer: StridedConvolution {
      StridedConvolution(size: size, bigChannels: big, smallChannels: small)
    }
  }

  /// Every kind of layer that the networks for 16 to 128 pixels have, at small and odd combinations.
  static let shapes = [
    (4, 32, 32), (4, 64, 64), (4, 32, 64), (4, 64, 32), (4, 96, 32), (8, 1, 32), (8, 3, 32),
    (8, 1, 64), (8, 3, 64), (8, 32, 32), (8, 32, 64), (16, 1, 32), (16, 3, 32), (16, 32, 32),
    (32, 3, 32), (64, 1, 32),
  ].map { Shape(size: $0.0, big: $0.1, small: $0.2) }

  let instructions = InstructionSet.available

  private func weights(_ shape: Shape, _ values: [Double]) -> FloatBuffer {
    let buffer = FloatBuffer(count: shape.layer.weightCount)
    forEachWeight(shape) { oracleIndex, index in
      buffer.start[index] = Float(values[oracleIndex])
    }
    return buffer
  }

  private func forEachWeight(_ shape: Shape, _ body: (_ oracle: Int, _ ours: Int) -> Void) {
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

  private func bias(_ values: [Double]) -> FloatBuffer {
    let buffer = FloatBuffer(count: (values.count + 31) / 32 * 32)
    for (i, value) in values.enumerated() { buffer.start[i] = Float(value) }
    return buffer
  }

  @Test("down is a convolution", arguments: shapes)
  func down(shape: Shape) {
    let layer = shape.layer
    let big = randomNumbers(layer.big.pixelCount * shape.big, seed: 1)
    let w = randomNumbers(layer.weightCount, seed: 2)
    let b = randomNumbers(shape.small, seed: 3)
    let expected = shape.oracle.down(big, w, bias: b)
    let mask = randomNumbers(expected.count, seed: 4)
    let maskPlane = plane(mask, layer.small)
    for set in instructions {
      let input = plane(big, layer.big)
      let output = FloatBuffer(count: layer.small.count)
      let packed = weights(shape, w)
      defer { withExtendedLifetime([input, output, packed, maskPlane]) {} }
      func run(_ epilogue: Epilogue, bias: FloatBuffer?) -> [Double] {
        defer { withExtendedLifetime(bias) {} }
        layer.down(
          input.start, weights: packed.start, bias: bias?.start, to: output.start,
          epilogue: epilogue, on: set)
        #expect(hasZeroBorder(output, layer.small))
        return interior(output, layer.small)
      }
      let biases = bias(b)
      #expect(relativeError(run(.none, bias: biases), expected) < 2e-6, "\(set)")
      #expect(
        relativeError(run(.rectified, bias: biases), expected.map { max($0, 0) }) < 2e-6, "\(set)")
      let plain = shape.oracle.down(big, w, bias: b.map { _ in 0 })
      let masked = zip(plain, mask).map { $1 > 0 ? $0 : 0 }
      #expect(
        relativeError(run(.masked(by: maskPlane.start), bias: nil), masked) < 2e-6, "\(set)")
    }
  }

  @Test(
    "up is a transposed convolution",
    arguments: shapes.filter { $0.big % 32 == 0 || $0.small == 32 })
  func up(shape: Shape) {
    let layer = shape.layer
    let small = randomNumbers(shape.size * shape.size * shape.small, seed: 5)
    let w = randomNumbers(layer.weightCount, seed: 6)
    let b = randomNumbers(shape.big, seed: 7)
    let expected = shape.oracle.up(small, w, bias: b)
    for set in instructions {
      let input = plane(small, layer.small)
      let output = FloatBuffer(count: layer.big.count)
      let master = weights(shape, w)
      let packed = FloatBuffer(count: layer.weightCount)
      let biases = bias(b)
      // A buffer's memory lasts as long as someone holds it, not as long as its pointer is used.
      defer { withExtendedLifetime([input, output, master, packed, biases]) {} }
      for block in 0..<StridedConvolution.packingBlocks {
        layer.pack(master.start, block: block, to: packed.start, on: set)
      }
      layer.up(
        input.start, packed: packed.start, bias: biases.start, to: output.start, epilogue: .none,
        on: set)
      #expect(hasZeroBorder(output, layer.big))
      #expect(relativeError(interior(output, layer.big), expected) < 2e-6, "\(set)")
      guard shape.big % 32 == 0 else { continue }
      layer.up(
        input.start, packed: packed.start, bias: biases.start, to: output.start,
        epilogue: .rectified, on: set)
      #expect(
        relativeError(interior(output, layer.big), expected.map { max($0, 0) }) < 2e-6, "\(set)")
    }
  }

  /// d/dw <r, down(x, w)> along a direction, by central differences in Double, equals the kernel's gradient along it.
  @Test("Weight gradients equal finite differences", arguments: shapes, [1, 3])
  func weightGradient(shape: Shape, samples: Int) {
    guard shape.size <= 16 else { return }
    let layer = shape.layer
    let bigCount = layer.big.pixelCount * shape.big
    let smallCount = shape.size * shape.size * shape.small
    let bigs = (0..<samples).map { randomNumbers(bigCount, seed: UInt64(10 + $0)) }
    let smalls = (0..<samples).map { randomNumbers(smallCount, seed: UInt64(20 + $0)) }
    let w = randomNumbers(layer.weightCount, seed: 30)
    let direction = randomNumbers(layer.weightCount, seed: 31)
    let zero = [Double](repeating: 0, count: shape.small)
    func value(_ h: Double) -> Double {
      let moved = zip(w, direction).map { $0 + h * $1 }
      return zip(bigs, smalls).reduce(0) {
        $0 + dot($1.1, shape.oracle.down($1.0, moved, bias: zero))
      }
    }
    let expected = (value(0.5) - value(-0.5)) / 1
    let bigPlanes = FloatBuffer(count: samples * layer.big.count)
    let smallPlanes = FloatBuffer(count: samples * layer.small.count)
    for n in 0..<samples {
      let big = plane(bigs[n], layer.big)
      let small = plane(smalls[n], layer.small)
      (bigPlanes.start + n * layer.big.count).update(from: big.start, count: layer.big.count)
      (smallPlanes.start + n * layer.small.count).update(
        from: small.start, count: layer.small.count)
    }
    for set in instructions {
      let gradient = FloatBuffer(count: layer.weightCount)
      defer { withExtendedLifetime([bigPlanes, smallPlanes, gradient]) {} }
      gradient.values.update(repeating: 7)
      for pass in 1...2 {
        layer.weightGradient(
          big: bigPlanes.start, small: smallPlanes.start, samples: samples, to: gradient.start,
          accumulates: pass == 2, on: set)
        var along = 0.0
        var scale = 0.0
        forEachWeight(shape) { oracleIndex, index in
          along += direction[oracleIndex] * Double(gradient.start[index])
          scale += abs(direction[oracleIndex] * Double(gradient.start[index]))
        }
        // The second pass adds the same once more.
        #expect(abs(along - Double(pass) * expected) < 2e-6 * scale, "\(set), pass \(pass)")
      }
    }
  }

  @Test("up is the gradient of down by its input", arguments: shapes.filter { $0.big % 32 == 0 })
  func inputGradient(shape: Shape) {
    guard shape.size <= 8 else { return }
    let layer = shape.layer
    let big = randomNumbers(layer.big.pixelCount * shape.big, seed: 40)
    let direction = randomNumbers(big.count, seed: 41)
    let r = randomNumbers(shape.size * shape.size * shape.small, seed: 42)
    let w = randomNumbers(layer.weightCount, seed: 43)
    let zero = [Double](repeating: 0, count: shape.small)
    func value(_ h: Double) -> Double {
      dot(r, shape.oracle.down(zip(big, direction).map { $0 + h * $1 }, w, bias: zero))
    }
    let expected = value(0.5) - value(-0.5)
    for set in instructions {
      let master = weights(shape, w)
      let packed = FloatBuffer(count: layer.weightCount)
      let output = FloatBuffer(count: layer.big.count)
      let input = plane(r, layer.small)
      defer { withExtendedLifetime([master, packed, output, input]) {} }
      for block in 0..<StridedConvolution.packingBlocks {
        layer.pack(master.start, block: block, to: packed.start, on: set)
      }
      layer.up(
        input.start, packed: packed.start, bias: nil, to: output.start,
        epilogue: .none, on: set)
      let gradient = interior(output, layer.big)
      let scale = zip(gradient, direction).reduce(0) { $0 + abs($1.0 * $1.1) }
      #expect(abs(dot(gradient, direction) - expected) < 2e-6 * scale, "\(set)")
    }
  }

  @Test("Channel sums are the gradient of a bias", arguments: [(16, 1), (16, 3), (4, 32), (8, 96)])
  func channelSums(size: Int, channels: Int) {
    let layout = Plane(size: size, channels: channels)
    let values = randomNumbers(size * size * channels, seed: 50)
    var expected = [Double](repeating: 1, count: channels)
    for (i, value) in values.enumerated() { expected[i % channels] += value }
    for set in instructions {
      let sums = FloatBuffer(count: (channels + 31) / 32 * 32)
      let input = plane(values, layout)
      defer { withExtendedLifetime([sums, input]) {} }
      for c in 0..<channels { sums.start[c] = 1 }
      layout.addChannelSums(of: input.start, to: sums.start, on: set)
      #expect(relativeError(sums.values.prefix(channels).map(Double.init), expected) < 1e-6)
    }
  }

  @Test("All fused instruction sets give the same bits", arguments: shapes)
  func sameBits(shape: Shape) {
    let layer = shape.layer
    let w = weights(shape, randomNumbers(layer.weightCount, seed: 60))
    let big = plane(
      randomNumbers(layer.big.pixelCount * shape.big, seed: 61), layer.big)
    let small = plane(
      randomNumbers(shape.size * shape.size * shape.small, seed: 62), layer.small)
    let results = instructions.filter(\.isFused).map { set in
      let packed = FloatBuffer(count: layer.weightCount)
      for block in 0..<StridedConvolution.packingBlocks {
        layer.pack(w.start, block: block, to: packed.start, on: set)
      }
      let down = FloatBuffer(count: layer.small.count)
      let up = FloatBuffer(count: layer.big.count)
      let gradient = FloatBuffer(count: layer.weightCount)
      defer { withExtendedLifetime([w, big, small, packed, down, up, gradient]) {} }
      layer.down(
        big.start, weights: w.start, bias: nil, to: down.start, epilogue: .none, on: set)
      if shape.big % 32 == 0 || shape.small == 32 {
        layer.up(
          small.start, packed: packed.start, bias: nil, to: up.start, epilogue: .none, on: set)
      }
      layer.weightGradient(
        big: big.start, small: small.start, samples: 1, to: gradient.start, accumulates: false,
        on: set)
      return [down, up, gradient].map { $0.values.map(\.bitPattern) }
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
