import Foundation
import JointVAEKernels
import Testing

/// Times every kind of layer under every method, when `JOINTVAE_TIMING` is set: the table of
/// docs/engine.md.
@Suite struct LayerTiming {
  static let isWanted = ProcessInfo.processInfo.environment["JOINTVAE_TIMING"] != nil

  @Test("Prints each pass's rate as a share of the multiply-add peak", .enabled(if: isWanted))
  func table() {
    let peak = peakRate()
    print("size   B   S  method    down    up  backward of down  of up   (% of the peak)")
    for (size, b, s) in [
      (4, 32, 64), (4, 64, 64), (8, 32, 32), (8, 32, 64), (16, 32, 32), (8, 128, 256),
      (16, 64, 128),
    ] {
      let layer = StridedConvolution(size: size, bigChannels: b, smallChannels: s)
      for tile in [nil] + WinogradTile.allCases {
        let winograd = tile.flatMap { WinogradConvolution(layer, tile: $0) }
        let shares = rates(layer, winograd).map { percent(100 * $0 / peak) }
          .joined(separator: "    ")
        print("\(size)  \(b)  \(s)  \(tile.map { "tiles of \($0)" } ?? "direct")  \(shares)")
      }
    }
  }

  private func percent(_ value: Double) -> String { String(Int(value.rounded())) }

  /// The shortest of many runs, in nanoseconds.
  private func shortest(_ body: () -> Void) -> Double {
    (0..<200).reduce(Double.infinity) { best, _ in
      let start = DispatchTime.now().uptimeNanoseconds
      body()
      return min(best, Double(DispatchTime.now().uptimeNanoseconds - start))
    }
  }

  private func peakRate() -> Double {
    let sink = FloatBuffer(count: 3)
    for (i, value) in [Float(0.999), 0.001, 1].enumerated() { sink.start[i] = value }
    defer { withExtendedLifetime(sink) {} }
    var operations = 0.0
    let time = shortest {
      operations = InstructionSet.fastest.burn(rounds: 20_000, sink: sink.start)
    }
    return operations / time
  }

  /// Operations a nanosecond, as the direct sum counts them, of down, up and both backward passes
  /// of a few samples.
  private func rates(_ layer: StridedConvolution, _ winograd: WinogradConvolution?) -> [Double] {
    let set = InstructionSet.fastest
    let samples = max(1, min(8, 512 / (layer.small.pixelCount)))
    let packed = PackedConvolution(
      layer, winograd: winograd, upward: winograd, passes: [.down, .up])
    let weights = FloatBuffer(count: layer.weightCount)
    let gradient = FloatBuffer(count: layer.weightCount)
    let big = FloatBuffer(count: samples * layer.big.count)
    let small = FloatBuffer(count: samples * layer.small.count)
    let scratch = FloatBuffer(count: packed.scratchCount)
    defer { withExtendedLifetime([weights, gradient, big, small, scratch]) {} }
    for block in 0..<packed.packingBlocks { packed.pack(weights.start, block: block, on: set) }
    let operations = Double(samples * layer.operationCount)
    let down = shortest {
      packed.down(
        big.start, samples: samples, weights: weights.start, bias: nil, to: small.start,
        epilogue: .rectified, scratch: scratch.start, on: set)
    }
    let up = shortest {
      packed.up(
        small.start, samples: samples, bias: nil, to: big.start, epilogue: .rectified,
        scratch: scratch.start, on: set)
    }
    let ofDown = shortest {
      packed.backwardOfDown(
        big.start, outputGradient: small.start, samples: samples, to: gradient.start,
        accumulates: false, scratch: scratch.start, on: set)
    }
    let ofUp = shortest {
      packed.backwardOfUp(
        small.start, outputGradient: big.start, samples: samples, weights: weights.start,
        to: gradient.start, accumulates: false, scratch: scratch.start, on: set)
    }
    return [operations / down, operations / up, 2 * operations / ofDown, 2 * operations / ofUp]
  }
}
