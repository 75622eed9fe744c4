import JointVAEKernels
import Testing

/// 3x3 convolutions of stride 1 against plain loops in Double.
@Suite struct SameConvolutionTests {
  struct Shape: CustomTestStringConvertible, Sendable {
    let height: Int
    let width: Int
    let inputs: Int
    let outputs: Int
    var testDescription: String { "\(height)x\(width)x\(inputs) to \(outputs)" }
    var layer: SameConvolution {
      func plane(_ channels: Int) -> Plane {
        Plane(
          height: height, width: width, channels: channels, rows: height,
          columns: SameConvolution.columns(width: width))
      }
      return SameConvolution(input: plane(inputs), output: plane(outputs))
    }

    /// Every output pixel with every input pixel that its filter covers.
    func forEachPair(_ body: (_ output: Int, _ input: Int, _ k: Int) -> Void) {
      for y in 0..<height {
        for x in 0..<width {
          for k in 0..<9 {
            let (fromY, fromX) = (y + k / 3 - 1, x + k % 3 - 1)
            guard (0..<height).contains(fromY), (0..<width).contains(fromX) else { continue }
            body(y * width + x, fromY * width + fromX, k)
          }
        }
      }
    }
  }

  static let shapes = [
    (4, 4, 32, 32), (8, 8, 64, 32), (16, 16, 32, 64), (1, 1, 32, 32), (2, 3, 32, 96),
    (7, 5, 64, 64), (3, 17, 96, 32), (13, 2, 32, 32),
  ].map { Shape(height: $0.0, width: $0.1, inputs: $0.2, outputs: $0.3) }

  let instructions = InstructionSet.available

  private func weights(_ shape: Shape, _ values: [Double]) -> FloatBuffer {
    let buffer = FloatBuffer(count: shape.layer.weightCount)
    for (place, index) in places(shape).enumerated() { buffer.start[index] = Float(values[place]) }
    return buffer
  }

  /// Where the weights (o, i, ky, kx) stand, in that order.
  private func places(_ shape: Shape) -> [Int] {
    (0..<shape.outputs).flatMap { o in
      (0..<shape.inputs).flatMap { i in
        (0..<9).map { shape.layer.weightIndex(output: o, input: i, ky: $0 / 3, kx: $0 % 3) }
      }
    }
  }

  @Test("Weights have places of their own, and the packing of all taps reads each once")
  func layout() {
    for shape in Self.shapes {
      #expect(Set(places(shape)) == Set(0..<shape.layer.weightCount))
      let packed = PackedSameConvolution(shape.layer, givesInputGradient: true)
      let runs = (0..<packed.packingBlocks).flatMap { packed.runs(ofBlock: $0) }
      #expect(Set(runs.flatMap { Array($0) }) == Set(0..<shape.layer.weightCount))
      #expect(runs.reduce(0) { $0 + $1.count } == shape.layer.weightCount)
    }
  }

  @Test("forward is a convolution, with every epilogue", arguments: shapes)
  func forward(shape: Shape) {
    let layer = shape.layer
    let x = randomNumbers(layer.input.pixelCount * shape.inputs, seed: 1)
    let w = randomNumbers(layer.weightCount, seed: 2)
    let b = randomNumbers(shape.outputs, seed: 3)
    let mask = randomNumbers(layer.output.pixelCount * shape.outputs, seed: 4)
    var expected = [Double](repeating: 0, count: mask.count)
    shape.forEachPair { to, from, k in
      for o in 0..<shape.outputs {
        for i in 0..<shape.inputs {
          expected[to * shape.outputs + o] +=
            x[from * shape.inputs + i] * w[(o * shape.inputs + i) * 9 + k]
        }
      }
    }
    let plain = expected
    for i in expected.indices { expected[i] += Double(Float(b[i % shape.outputs])) }
    let maskPlane = plane(mask, layer.output)
    let bias = FloatBuffer(count: shape.outputs)
    for (i, value) in b.enumerated() { bias.start[i] = Float(value) }
    for set in instructions {
      let input = plane(x, layer.input)
      let output = FloatBuffer(count: layer.output.count)
      let kernel = weights(shape, w)
      defer { withExtendedLifetime([input, output, kernel, maskPlane, bias]) {} }
      func run(_ epilogue: Epilogue, bias: FloatBuffer?) -> [Double] {
        layer.forward(
          input.start, weights: kernel.start, bias: bias?.start, to: output.start,
          epilogue: epilogue, on: set)
        #expect(hasZeroBorder(output, layer.output))
        return interior(output, layer.output)
      }
      #expect(relativeError(run(.none, bias: bias), expected) < 2e-6, "\(set)")
      #expect(
        relativeError(run(.rectified, bias: bias), expected.map { max($0, 0) }) < 2e-6, "\(set)")
      let leaky = expected.map { $0 > 0 ? $0 : 0.25 * $0 }
      #expect(relativeError(run(.leaky(slope: 0.25), bias: bias), leaky) < 2e-6, "\(set)")
      for slope in [0, 0.25] {
        let masked = zip(plain, mask).map { $1 > 0 ? $0 : slope * $0 }
        let found = run(.masked(by: maskPlane.start, slope: Float(slope)), bias: nil)
        #expect(relativeError(found, masked) < 2e-6, "\(set) \(slope)")
      }
    }
  }

  @Test("backward gives both gradients, the input's in its place", arguments: shapes)
  func backward(shape: Shape) {
    let layer = shape.layer
    let samples = 3
    let x = (0..<samples).map { n in
      randomNumbers(layer.input.pixelCount * shape.inputs, seed: UInt64(10 + n))
    }
    let gy = (0..<samples).map { n in
      randomNumbers(layer.output.pixelCount * shape.outputs, seed: UInt64(20 + n))
    }
    let w = randomNumbers(layer.weightCount, seed: 5)
    var byWeights = [Double](repeating: 0, count: w.count)
    var byInputs = x.map { $0.map { _ in 0.0 } }
    for n in 0..<samples {
      shape.forEachPair { to, from, k in
        for o in 0..<shape.outputs {
          for i in 0..<shape.inputs {
            let slope = gy[n][to * shape.outputs + o]
            let place = (o * shape.inputs + i) * 9 + k
            byWeights[place] += x[n][from * shape.inputs + i] * slope
            byInputs[n][from * shape.inputs + i] += w[place] * slope
          }
        }
      }
      byInputs[n] = zip(byInputs[n], x[n]).map { $1 > 0 ? $0 : 0.25 * $0 }
    }
    func planes(_ values: [[Double]], _ layout: Plane) -> FloatBuffer {
      let buffer = FloatBuffer(count: samples * layout.count)
      for (n, values) in values.enumerated() {
        let one = plane(values, layout)
        withExtendedLifetime(one) {
          (buffer.start + n * layout.count).update(from: one.start, count: layout.count)
        }
      }
      return buffer
    }
    for set in instructions {
      let packed = PackedSameConvolution(layer, givesInputGradient: true)
      let kernel = weights(shape, w)
      for block in 0..<packed.packingBlocks { packed.pack(kernel.start, block: block, on: set) }
      let gradient = FloatBuffer(count: layer.weightCount)
      let output = planes(gy, layer.output)
      for accumulates in [false, true] {
        let input = planes(x, layer.input)
        defer { withExtendedLifetime([input, output, kernel, gradient]) {} }
        packed.backward(
          input.start, outputGradient: output.start, samples: samples, to: gradient.start,
          accumulates: accumulates, slope: 0.25, on: set)
        let found = places(shape).map { Double(gradient.start[$0]) / (accumulates ? 2 : 1) }
        #expect(relativeError(found, byWeights) < 2e-6, "\(set)")
        for n in 0..<samples {
          #expect(
            relativeError(interior(input, layer.input, plane: n), byInputs[n]) < 2e-6, "\(set)")
        }
      }
    }
  }

  @Test("All sets of instructions with a fused multiply-add compute the same bits")
  func sameBits() {
    let shape = Self.shapes[5]
    let layer = shape.layer
    let outputs = instructions.filter(\.isFused).map { set in
      let input = plane(randomNumbers(layer.input.pixelCount * shape.inputs, seed: 1), layer.input)
      let kernel = weights(shape, randomNumbers(layer.weightCount, seed: 2))
      let output = FloatBuffer(count: layer.output.count)
      defer { withExtendedLifetime([input, output, kernel]) {} }
      layer.forward(
        input.start, weights: kernel.start, bias: nil, to: output.start,
        epilogue: .leaky(slope: 0.2), on: set)
      return interior(output, layer.output)
    }
    #expect(Set(outputs).count <= 1)
  }
}
