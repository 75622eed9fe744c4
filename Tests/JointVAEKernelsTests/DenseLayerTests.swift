import JointVAEKernels
import Testing

/// The dense layer's kernels against plain loops in Double.
@Suite struct DenseLayerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let input: VectorLayout
    let output: VectorLayout
    var testDescription: String { name }
    var layer: DenseLayer { DenseLayer(input: input, output: output) }
  }

  static let cases = [
    Case(name: "32 to 32", input: VectorLayout(flat: 32), output: VectorLayout(flat: 32)),
    Case(name: "96 to 64", input: VectorLayout(flat: 96), output: VectorLayout(flat: 64)),
    Case(
      name: "plane to 96", input: VectorLayout(Plane(size: 4, channels: 32)),
      output: VectorLayout(flat: 96)),
    Case(
      name: "64 to plane", input: VectorLayout(flat: 64),
      output: VectorLayout(Plane(size: 4, channels: 64))),
  ]

  /// Where element i of sample n stands.
  private func place(_ layout: VectorLayout, _ n: Int, _ i: Int) -> Int {
    n * layout.sample + layout.origin + i / layout.run * layout.row + i % layout.run
  }

  private func room(_ layout: VectorLayout, samples: Int) -> FloatBuffer {
    FloatBuffer(count: (samples + 7) / 8 * 8 * layout.sample)
  }

  private func buffer(_ values: [Double], _ layout: VectorLayout, samples: Int) -> FloatBuffer {
    let buffer = room(layout, samples: samples)
    for n in 0..<samples {
      for i in 0..<layout.count {
        buffer.start[place(layout, n, i)] = Float(values[n * layout.count + i])
      }
    }
    return buffer
  }

  private func values(_ buffer: FloatBuffer, _ layout: VectorLayout, samples: Int) -> [Double] {
    (0..<samples).flatMap { n in
      (0..<layout.count).map { Double(buffer.start[place(layout, n, $0)]) }
    }
  }

  @Test("Forward, both gradients and the bias", arguments: cases, [1, 2, 3, 5, 8, 13, 18])
  func layer(test: Case, samples: Int) {
    let layer = test.layer
    let (i, o) = (layer.input.count, layer.output.count)
    let x = randomNumbers(samples * i, seed: 1)
    let w = randomNumbers(o * i, seed: 2)
    let b = randomNumbers(o, seed: 3)
    let gy = randomNumbers(samples * o, seed: 4)
    var y = [Double](repeating: 0, count: samples * o)
    var gx = [Double](repeating: 0, count: samples * i)
    var gw = [Double](repeating: 0, count: o * i)
    var gb = [Double](repeating: 0, count: o)
    for n in 0..<samples {
      for p in 0..<o {
        y[n * o + p] = b[p]
        gb[p] += gy[n * o + p]
        for q in 0..<i {
          y[n * o + p] += w[p * i + q] * x[n * i + q]
          gx[n * i + q] += w[p * i + q] * gy[n * o + p]
          gw[p * i + q] += gy[n * o + p] * x[n * i + q]
        }
      }
    }
    for set in InstructionSet.available {
      let weights = FloatBuffer(count: layer.weightCount)
      for p in 0..<o {
        for q in 0..<i {
          weights.start[layer.weightIndex(output: p, input: q)] = Float(w[p * i + q])
        }
      }
      let transposed = FloatBuffer(count: layer.weightCount)
      let bias = FloatBuffer(count: o)
      for p in 0..<o { bias.start[p] = Float(b[p]) }
      let input = buffer(x, layer.input, samples: samples)
      let outputGradient = buffer(gy, layer.output, samples: samples)
      let output = room(layer.output, samples: samples)
      let inputGradient = room(layer.input, samples: samples)
      let gradient = FloatBuffer(count: layer.weightCount)
      let biasGradient = FloatBuffer(count: o)
      defer {
        withExtendedLifetime([
          weights, transposed, bias, input, outputGradient, output, inputGradient, gradient,
          biasGradient,
        ]) {}
      }
      for panel in 0..<layer.inputPanels {
        for outputPanel in 0..<layer.outputPanels {
          layer.transpose(
            weights.start, panel: outputPanel, inputPanel: panel, to: transposed.start, on: set)
        }
      }
      layer.inputGradient(
        outputGradient.start, transposed: transposed.start, to: inputGradient.start,
        panels: 0..<layer.inputPanels, samples: 0..<samples, epilogue: .none, on: set)
      layer.forward(
        input.start, weights: weights.start, bias: bias.start, to: output.start,
        panels: 0..<layer.outputPanels, samples: 0..<samples, epilogue: .none, on: set)
      for panel in 0..<layer.outputPanels {
        for inputPanel in 0..<layer.inputPanels {
          layer.weightGradient(
            input.start, outputGradient.start, samples: samples,
            to: gradient.start + layer.weightIndex(output: panel * 32, input: inputPanel * 32),
            panel: panel, inputPanel: inputPanel, on: set)
        }
        layer.biasGradient(
          outputGradient.start, samples: samples, to: biasGradient.start, panel: panel, on: set)
      }
      var ourGradient = [Double](repeating: 0, count: o * i)
      for p in 0..<o {
        for q in 0..<i {
          ourGradient[p * i + q] = Double(gradient.start[layer.weightIndex(output: p, input: q)])
        }
      }
      #expect(relativeError(values(output, layer.output, samples: samples), y) < 2e-6, "\(set)")
      #expect(
        relativeError(values(inputGradient, layer.input, samples: samples), gx) < 2e-6, "\(set)")
      #expect(relativeError(ourGradient, gw) < 2e-6, "\(set)")
      #expect(relativeError(biasGradient.values.map(Double.init), gb) < 2e-6, "\(set)")
    }
  }

  @Test("Few samples get the bits they get among many", arguments: cases, [1, 2, 3, 4])
  func fewSamples(test: Case, samples: Int) {
    let layer = test.layer
    let (i, o) = (layer.input.count, layer.output.count)
    let x = randomNumbers(8 * i, seed: 5)
    for set in InstructionSet.available {
      let weights = FloatBuffer(count: layer.weightCount)
      for (index, number) in randomNumbers(o * i, seed: 6).enumerated() {
        weights.start[index] = Float(number)
      }
      let bias = FloatBuffer(count: o)
      for (index, number) in randomNumbers(o, seed: 7).enumerated() {
        bias.start[index] = Float(number)
      }
      let input = buffer(x, layer.input, samples: 8)
      let mask = buffer(randomNumbers(8 * o, seed: 8), layer.output, samples: 8)
      defer { withExtendedLifetime([weights, bias, input, mask]) {} }
      func outputs(_ samples: Int) -> [[Double]] {
        let output = room(layer.output, samples: 8)
        let masked = room(layer.output, samples: 8)
        defer { withExtendedLifetime([output, masked]) {} }
        layer.forward(
          input.start, weights: weights.start, bias: bias.start, to: output.start,
          panels: 0..<layer.outputPanels, samples: 0..<samples, epilogue: .rectified, on: set)
        DenseLayer(input: layer.output, output: layer.input).inputGradient(
          input.start, transposed: weights.start, to: masked.start,
          panels: 0..<layer.outputPanels, samples: 0..<samples, epilogue: .masked(by: mask.start),
          on: set)
        return [output, masked].map { values($0, layer.output, samples: samples) }
      }
      for (few, many) in zip(outputs(samples), outputs(8)) {
        #expect(few == Array(many.prefix(samples * o)), "\(set)")
      }
    }
  }

  /// IEEE 754 binary16 numbers and their values: random signs and digits, exponents up to 0, those below the normal ones too.
  private func halves(_ count: Int) -> [(bits: UInt16, value: Float)] {
    randomNumbers(count, seed: 9).enumerated().map { index, number in
      let digits = UInt16(index * 37 % 1024)
      let exponent = UInt16(index % 16)
      let magnitude =
        exponent == 0
        ? Float(digits) * 0x1p-24
        : Float(sign: .plus, exponent: Int(exponent) - 15, significand: 1 + Float(digits) / 1024)
      let sign: UInt16 = number < 0 ? 0x8000 : 0
      return (sign | exponent << 10 | digits, number < 0 ? -magnitude : magnitude)
    }
  }

  @Test(
    "Weights of 16 bits give the bits of the same weights in 32", arguments: cases,
    [1, 2, 3, 4, 5, 9])
  func halfWeights(test: Case, samples: Int) {
    let layer = test.layer
    let (i, o) = (layer.input.count, layer.output.count)
    let numbers = halves(o * i)
    let halves = numbers.map(\.bits)
    let weights = FloatBuffer(count: layer.weightCount)
    for (index, number) in numbers.enumerated() { weights.start[index] = number.value }
    let bias = FloatBuffer(count: o)
    let input = buffer(randomNumbers(samples * i, seed: 5), layer.input, samples: samples)
    defer { withExtendedLifetime([weights, bias, input]) {} }
    for set in InstructionSet.available {
      func output(_ halves: UnsafePointer<UInt16>?) -> [Double] {
        let output = room(layer.output, samples: samples)
        defer { withExtendedLifetime(output) {} }
        layer.forward(
          input.start, weights: weights.start, halves: halves, bias: bias.start,
          to: output.start, panels: 0..<layer.outputPanels, samples: 0..<samples, epilogue: .none,
          on: set)
        return values(output, layer.output, samples: samples)
      }
      let widened = halves.withUnsafeBufferPointer { output($0.baseAddress) }
      #expect(widened == output(nil), "\(set)")
      // Were the weights not read at all, both would be the bias.
      #expect(widened.contains { $0 != 0 })
      // Fewer than five samples read the halves: others show in the result.
      let others = [UInt16](repeating: 0, count: halves.count)
      if samples <= 4 {
        #expect(others.withUnsafeBufferPointer { output($0.baseAddress) } != widened, "\(set)")
      }
    }
  }
}
