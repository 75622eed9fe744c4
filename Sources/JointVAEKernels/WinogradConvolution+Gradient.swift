import CTiles

extension WinogradConvolution {
  /// The backward pass of a convolution, whose input is the big plane: `StridedConvolution`'s
  /// weight gradient, and `up` of the output's gradient.
  ///
  /// - Parameters:
  ///   - input: `samples` big planes, which the gradient by them replaces, masked by them.
  ///   - outputGradient: `samples` small planes.
  ///   - weights: `[p][4B/32][S][32]`; nil leaves the input as it is.
  ///   - gradient: `[S/32][ky][kx][B][32]`.
  ///   - accumulates: whether the weight gradient is added to what stands there.
  ///   - slope: what the gradient by the input is multiplied by where the input is not above 0.
  ///   - scratch: `scratchCount` floats.
  public func backwardOfDown(
    _ input: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, samples: Int,
    weights: UnsafePointer<Float>?, to gradient: UnsafeMutablePointer<Float>, accumulates: Bool,
    slope: Float, scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    let points = WinogradPoints(self, in: scratch)
    var accumulates = accumulates
    forEachBlock(of: samples) { block in
      bigPoints(of: input, block, to: points.big, on: instructions)
      smallPoints(of: outputGradient, block, to: points.small, on: instructions)
      weightGradient(points, block, to: gradient, accumulates: accumulates, on: instructions)
      accumulates = true
      guard let weights else { return }
      up(points, block, weights: weights, on: instructions)
      bigPlanes(
        from: points.big, block, bias: nil, to: input, epilogue: .masked(by: input, slope: slope),
        on: instructions)
    }
  }

  /// The backward pass of a transposed convolution, whose input is the small plane:
  /// `StridedConvolution`'s weight gradient, and `down` of the output's gradient.
  ///
  /// - Parameters:
  ///   - input: `samples` small planes, which the gradient by them replaces, masked by them.
  ///   - outputGradient: `samples` big planes.
  ///   - weights: `[p][S/32][k][32]`.
  ///   - gradient: `[S/32][ky][kx][B][32]`.
  ///   - accumulates: whether the weight gradient is added to what stands there.
  ///   - slope: what the gradient by the input is multiplied by where the input is not above 0.
  ///   - scratch: `scratchCount` floats.
  public func backwardOfUp(
    _ input: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, samples: Int,
    weights: UnsafePointer<Float>, to gradient: UnsafeMutablePointer<Float>, accumulates: Bool,
    slope: Float, scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    let points = WinogradPoints(self, in: scratch)
    var accumulates = accumulates
    forEachBlock(of: samples) { block in
      bigPoints(of: outputGradient, block, to: points.big, on: instructions)
      smallPoints(of: input, block, to: points.small, on: instructions)
      weightGradient(points, block, to: gradient, accumulates: accumulates, on: instructions)
      accumulates = true
      down(points, block, weights: weights, on: instructions)
      smallPlanes(
        from: points.small, block, bias: nil, to: input, epilogue: .masked(by: input, slope: slope),
        on: instructions)
    }
  }

  /// `G' u G` of `u[p, k, s] = sum over tiles of big[p, t, k] * small[p, t, s]`.
  func weightGradient(
    _ points: WinogradPoints, _ block: Block, to gradient: UnsafeMutablePointer<Float>,
    accumulates: Bool, on instructions: InstructionSet
  ) {
    // 9 products of 8 x 32: they leave the first-level cache as the 4 taps of a filter.
    withUnsafeTemporaryAllocation(
      byteCount: Self.points * 256 * MemoryLayout<Float>.stride, alignment: 64
    ) { memory in
      let products = memory.bindMemory(to: Float.self)
      guard let start = products.baseAddress else { return }
      weightGradient(
        points, tiles: tileCount(block), products: start, to: gradient, accumulates: accumulates,
        on: instructions)
    }
  }

  private func weightGradient(
    _ points: WinogradPoints, tiles: Int, products: UnsafeMutablePointer<Float>,
    to gradient: UnsafeMutablePointer<Float>, accumulates: Bool, on instructions: InstructionSet
  ) {
    let outer = instructions.tiles.pointee.outerProduct
    let fold = instructions.tiles.pointee.foldPoints
    let b = layer.big.channels
    var tile = CTilesOuterProduct(
      input0: points.big, input1: points.big, inputPixel: bigTile, inputRow: 0, inputPlane: 0,
      gradient: points.small, gradientPixel: smallTile, gradientRow: 0, gradientPlane: 0,
      width: tiles, height: 1, depth: 1, output: products, accumulates: 0)
    var taps = CTilesFold(
      points: products, point: 256, tile: 0, tiles: 1, run: 256, output: gradient,
      outputPixel: 2 * b * 32, outputRow: 8 * b * 32, bias: nil, mask: nil, rectifies: 0,
      slope: 0,
      accumulates: accumulates ? 1 : 0)
    for panel in 0..<layer.small.channels / 32 {
      for k in stride(from: 0, to: groupChannels, by: 8) {
        for point in 0..<Self.points {
          tile.input0 = UnsafePointer(points.big + point * bigPoint + k)
          tile.input1 = tile.input0 + 4
          tile.gradient = UnsafePointer(points.small + point * smallPoint + panel * 32)
          tile.output = products + point * 256
          outer(&tile)
        }
        let quarter = k / b
        let position = quarter / 2 * 4 + quarter % 2
        taps.output = gradient + ((panel * 16 + position) * b + k % b) * 32
        fold(&taps)
      }
    }
  }
}
