import CTiles

/// A square filter on its way over a plane, whose first row and column are in the plane's border.
///
/// It is what ``StridedConvolution`` and ``SameConvolution`` share. Shape letters: I channels of the input, O channels of the
/// output, a multiple of 32, k side of the filter. Weights stand as `[O/32][ky][kx][I][32]`.
struct PlaneFilter {
  let input: Plane
  let output: Plane
  /// k: rows and columns of the filter.
  let side: Int
  /// Input pixels from one output pixel to the next.
  let stride: Int

  /// Weights of one output channel.
  var patch: Int { side * side * input.channels }

  /// `output[y, x, o] = bias[o] + sum over ky, kx, i of input[stride y + ky - 1, stride x + kx - 1, i] * weights[o, i, ky, kx]`.
  ///
  /// An output pixel reads k runs of k I neighboring floats, one a row of the filter.
  /// - Parameters:
  ///   - source: the input.
  ///   - weights: `[O/32][ky][kx][I][32]`.
  ///   - bias: O floats, or nil for zeros.
  ///   - target: the output.
  func product(
    _ source: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to target: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    var tile = CTilesProduct(
      input0: source, input1: source, inputPixel: stride * input.channels, inputRow: input.row,
      rows: side, run: side * input.channels, weights: weights, bias: nil, output0: target,
      output1: target, outputPixel: output.channels, mask0: nil, mask1: nil,
      rectifies: epilogue.rectifies, slope: epilogue.slope)
    for panel in 0..<output.channels / 32 {
      tile.weights = weights + panel * patch * 32
      tile.bias = bias.map { $0 + panel * 32 }
      output.forEachPairOfFours { first, second in
        func place(_ pixel: Pixel) -> TilePlace {
          TilePlace(
            input: input.offset(y: stride * pixel.y - 1, x: stride * pixel.x - 1),
            output: output.offset(y: pixel.y, x: pixel.x) + panel * 32)
        }
        tile.compute(
          place(first), second.map(place), from: source, to: target, mask: epilogue.mask,
          on: instructions)
      }
    }
    if !epilogue.writesZerosBeyond {
      output.clear(target, beyondWritten: output.height, output.tiledColumns)
    }
  }

  /// `gradient[o, i, ky, kx] (+)= sum over samples, y, x of
  /// input[stride y + ky - 1, stride x + kx - 1, i] * output[y, x, o]`.
  ///
  /// - Parameters:
  ///   - inputs: `samples` input planes, one after the other.
  ///   - outputs: `samples` output planes.
  ///   - gradient: `[O/32][ky][kx][I][32]`.
  ///   - accumulates: whether the sum is added to what stands there.
  func weightGradient(
    _ inputs: UnsafePointer<Float>, _ outputs: UnsafePointer<Float>, samples: Int,
    to gradient: UnsafeMutablePointer<Float>, accumulates: Bool, on instructions: InstructionSet
  ) {
    let outer = instructions.tiles.pointee.outerProduct
    // About 256 pixels a call: enough to pay for loading the tile, few enough to stay in the first-level cache.
    let depth = max(1, min(samples, 128 / output.pixelCount))
    let height = min(output.height, max(1, 256 / output.width))
    let run = side * input.channels
    var tile = CTilesOuterProduct(
      input0: inputs, input1: inputs, inputPixel: stride * input.channels,
      inputRow: stride * input.row, inputPlane: input.count, gradient: outputs,
      gradientPixel: output.channels, gradientRow: output.row, gradientPlane: output.count,
      width: output.width, height: height, depth: depth, output: gradient,
      accumulates: accumulates ? 1 : 0)
    for sample in Swift.stride(from: 0, to: samples, by: depth) {
      tile.depth = min(depth, samples - sample)
      for y in Swift.stride(from: 0, to: output.height, by: height) {
        tile.height = min(height, output.height - y)
        let inputStart = inputs + sample * input.count + input.offset(y: stride * y - 1, x: -1)
        let outputStart = outputs + sample * output.count + output.offset(y: y, x: 0)
        for panel in 0..<output.channels / 32 {
          tile.gradient = outputStart + panel * 32
          for k in Swift.stride(from: 0, to: patch, by: 8) {
            tile.input0 = inputStart + k / run * input.row + k % run
            tile.input1 = inputStart + (k + 4) / run * input.row + (k + 4) % run
            tile.output = gradient + (panel * patch + k) * 32
            outer(&tile)
          }
        }
        tile.accumulates = 1
      }
    }
  }
}
