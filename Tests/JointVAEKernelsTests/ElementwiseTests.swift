import Foundation
import JointVAEKernels
import Testing

/// Losses, the sigmoid and the optimizers against Foundation's Double functions.
@Suite struct ElementwiseTests {
  let logits: [Float] =
    (0..<1024).map { Float($0 - 512) / 24 } + [0, -0.0, 1e-20, -1e-20, 60, -60, 90, -90]
    + [500, -500, 1e10, -1e10, 0.5, -0.5, 3, -3]
  var targets: [UInt8] { logits.indices.map { UInt8($0 * 37 % 256) } }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

  @Test("Probabilities are right to a millionth, for any number of categories and any size")
  func softmaxValues() {
    for set in InstructionSet.available {
      for count in [1, 2, 15, 16, 17, 60] {
        for scale in [0.01, 1, 30, 1000] as [Float] {
          var values = (0..<count).map { scale * Float(($0 * 37) % 23 - 11) / 11 }
          let largest = Double(values.max() ?? 0)
          let exponentials = values.map { exp(Double($0) - largest) }
          let sum = exponentials.reduce(0, +)
          values.withUnsafeMutableBufferPointer {
            guard let start = $0.baseAddress else { return }
            set.softmax(start, count: count)
          }
          for (value, exponential) in zip(values, exponentials) {
            #expect(abs(Double(value) - exponential / sum) < 1e-6, "\(set), \(count), \(scale)")
          }
          #expect(abs(values.reduce(0, +) - 1) < 1e-5)
        }
      }
    }
  }

  @Test("The sigmoid is right to 3 units in the last place")
  func sigmoidValues() {
    for set in InstructionSet.available {
      var values = logits
      values.withUnsafeMutableBufferPointer {
        guard let start = $0.baseAddress else { return }
        set.sigmoid(start, count: $0.count)
      }
      for (x, y) in zip(logits, values) {
        let expected = sigmoid(Double(x))
        #expect(
          abs(Double(y) - expected) <= max(3 * Double(Float(expected).ulp), 1e-37),
          "\(set): sigmoid(\(x)) = \(y), expected \(expected)")
      }
    }
  }

  @Test("A row that fills no vector computes as the same numbers do elsewhere", arguments: 1...33)
  func rests(count: Int) {
    let untouched: Float = 77
    for set in InstructionSet.available {
      var (whole, part) = (Array(logits[..<48]), Array(logits[..<48]))
      for place in count..<48 { part[place] = untouched }
      var bytes = [Float](repeating: untouched, count: 48)
      whole.withUnsafeMutableBufferPointer { whole in
        part.withUnsafeMutableBufferPointer { part in
          bytes.withUnsafeMutableBufferPointer { bytes in
            guard let a = whole.baseAddress, let b = part.baseAddress, let c = bytes.baseAddress
            else { return }
            set.sigmoid(a, count: 48)
            set.sigmoid(b, count: count)
            set.divideBy255(targets, to: c, count: count)
          }
        }
      }
      #expect(part[..<count] == whole[..<count])
      #expect(part[count...].allSatisfy { $0 == untouched })
      #expect(bytes[..<count].elementsEqual(targets[..<count].map { Float($0) / 255 }))
      #expect(bytes[count...].allSatisfy { $0 == untouched })
      for loss in Loss.allCases {
        var (slopes, rest) = (Array(logits[..<48]), Array(logits[..<48]))
        _ = slopes.withUnsafeMutableBufferPointer { buffer in
          buffer.baseAddress.map { loss.run(set, $0, Array(targets[..<48]), scale: 0.5) }
        }
        let sum = rest.withUnsafeMutableBufferPointer { buffer in
          buffer.baseAddress.map { loss.run(set, $0, Array(targets[..<count]), scale: 0.5) }
        }
        let expected = (0..<count).reduce(0.0) {
          $0 + loss.value(logit: Double(logits[$1]), target: Double(targets[$1]) / 255)
        }
        #expect(abs(Double(sum ?? 0) - expected) <= 1e-6 * max(1, abs(expected)))
        #expect(rest[..<count] == slopes[..<count])
        #expect(rest[count...] == logits[count..<48])
      }
    }
  }

  enum Loss: CaseIterable {
    case binaryCrossEntropy, meanSquaredError, cauchy

    func value(logit l: Double, target x: Double) -> Double {
      let r = 1 / (1 + exp(-l))
      return switch self {
      case .binaryCrossEntropy: max(l, 0) - l * x + log1p(exp(-abs(l)))
      case .meanSquaredError: (r - x) * (r - x)
      case .cauchy: log1p(0.5 * (r - x) * (r - x) / 0.09)
      }
    }

    func run(
      _ set: InstructionSet, _ logits: UnsafeMutablePointer<Float>, _ targets: [UInt8],
      scale: Float
    ) -> Float {
      switch self {
      case .binaryCrossEntropy:
        set.binaryCrossEntropy(logits, targets: targets, count: targets.count, scale: scale)
      case .meanSquaredError:
        set.meanSquaredError(logits, targets: targets, count: targets.count, scale: scale)
      case .cauchy:
        set.cauchy(logits, targets: targets, count: targets.count, scale: scale, c: 0.3)
      }
    }
  }

  @Test(
    "Losses equal their formulas, their derivatives finite differences", arguments: Loss.allCases)
  func losses(loss: Loss) {
    for set in InstructionSet.available {
      for start in stride(from: 0, to: logits.count, by: 16) {
        let l = Array(logits[start..<start + 16])
        let x = Array(targets[start..<start + 16])
        let buffer = FloatBuffer(count: 16)
        defer { withExtendedLifetime(buffer) {} }
        for i in 0..<16 { buffer.start[i] = l[i] }
        let sum = loss.run(set, buffer.start, x, scale: 2)
        var expected = 0.0
        for i in 0..<16 {
          let logit = Double(l[i])
          let target = Double(x[i]) / 255
          expected += loss.value(logit: logit, target: target)
          guard abs(logit) < 50 else {
            #expect(buffer.start[i].isFinite)
            continue
          }
          let h = 1e-5
          let slope =
            (loss.value(logit: logit + h, target: target)
              - loss.value(logit: logit - h, target: target)) / (2 * h)
          #expect(
            abs(Double(buffer.start[i]) - 2 * slope) < 2e-6,
            "\(set) at \(logit), \(target): \(buffer.start[i]), expected \(2 * slope)")
        }
        #expect(abs(Double(sum) - expected) <= 2e-6 * max(expected, 1), "\(set)")
      }
    }
  }

  @Test func bytesBecomeNumbersFromZeroToOne() {
    let bytes = (0..<256).map { UInt8($0) }
    for set in InstructionSet.available {
      let buffer = FloatBuffer(count: 256)
      defer { withExtendedLifetime(buffer) {} }
      set.divideBy255(bytes, to: buffer.start, count: 256)
      #expect(buffer.values.elementsEqual(bytes.map { Float($0) / 255 }), "\(set)")
    }
  }

  @Test func adamFollowsItsPaper() {
    for set in InstructionSet.available {
      let buffers = (0..<4).map { _ in FloatBuffer(count: 16) }
      defer { withExtendedLifetime(buffers) {} }
      var expected = [Double](repeating: 0.5, count: 16)
      var m = [Double](repeating: 0, count: 16)
      var v = m
      buffers[0].values.update(repeating: 0.5)
      for t in 1...20 {
        for i in 0..<16 {
          let g = Double(Float(sin(Double(t * (i + 1)))))
          buffers[3].start[i] = Float(g)
          m[i] = 0.9 * m[i] + 0.1 * g
          v[i] = 0.999 * v[i] + 0.001 * g * g
          expected[i] -=
            0.01 * (m[i] / (1 - pow(0.9, Double(t))))
            / ((v[i] / (1 - pow(0.999, Double(t)))).squareRoot() + 1e-8)
        }
        set.adam(
          buffers[0].start, first: buffers[1].start, second: buffers[2].start,
          gradient: buffers[3].start, count: 16,
          settings: AdamStep(
            learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: t))
      }
      #expect(relativeError(buffers[0].values.map(Double.init), expected) < 2e-6, "\(set)")
    }
  }

  @Test func momentumFollowsItsDefinition() {
    for set in InstructionSet.available {
      let weights = FloatBuffer(count: 16)
      let velocity = FloatBuffer(count: 16)
      let gradient = FloatBuffer(count: 16)
      defer { withExtendedLifetime([weights, velocity, gradient]) {} }
      gradient.values.update(repeating: 1)
      for _ in 0..<2 {
        set.sgd(
          weights.start, velocity: velocity.start, gradient: gradient.start, count: 16,
          learningRate: 0.25, momentum: 0.5)
      }
      // v = 1, then 1.5: w = -0.25 - 0.375.
      #expect(weights.values.allSatisfy { $0 == -0.625 }, "\(set)")
    }
  }

  @Test("All fused instruction sets give the same bits", arguments: Loss.allCases)
  func sameBits(loss: Loss) {
    let results = InstructionSet.available.filter(\.isFused).map { set in
      let buffer = FloatBuffer(count: logits.count)
      defer { withExtendedLifetime(buffer) {} }
      for (i, value) in logits.enumerated() { buffer.start[i] = value }
      let sum = loss.run(set, buffer.start, targets, scale: 0.7)
      return buffer.values.map(\.bitPattern) + [sum.bitPattern]
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }
}
