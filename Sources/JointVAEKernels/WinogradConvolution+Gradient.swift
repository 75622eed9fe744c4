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
    var sums = CTilesPointGradient(
      side: tile.side, big: points.big, bigPoint: bigPoint, bigTile: bigTile, small: points.small,
      smallPoint: smallPoint, smallTile: smallTile, tiles: tileCount(block),
      channels: layer.big.channels, panels: layer.small.channels / 32, gradient: gradient,
      accumulates: accumulates ? 1 : 0)
    instructions.tiles.pointee.pointGradient(&sums)
  }
}
