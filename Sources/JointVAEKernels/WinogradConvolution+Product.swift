import CTiles

extension WinogradConvolution {
  /// What `StridedConvolution.down` computes, of `samples` planes.
  /// - Parameters:
  ///   - weights: `[p][S/32][k][32]`.
  ///   - scratch: `scratchCount` floats.
  public func down(
    _ input: UnsafePointer<Float>, samples: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, to output: UnsafeMutablePointer<Float>, epilogue: Epilogue,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    let points = WinogradPoints(self, in: scratch)
    forEachBlock(of: samples) { block in
      bigPoints(of: input, block, to: points.big, on: instructions)
      down(points, block, weights: weights, on: instructions)
      smallPlanes(
        from: points.small, block, bias: bias, to: output, epilogue: epilogue, on: instructions)
    }
  }

  /// What `StridedConvolution.up` computes, of `samples` planes.
  /// - Parameters:
  ///   - weights: `[p][4B/32][S][32]`.
  ///   - scratch: `scratchCount` floats.
  public func up(
    _ input: UnsafePointer<Float>, samples: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, to output: UnsafeMutablePointer<Float>, epilogue: Epilogue,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    let points = WinogradPoints(self, in: scratch)
    forEachBlock(of: samples) { block in
      smallPoints(of: input, block, to: points.small, on: instructions)
      up(points, block, weights: weights, on: instructions)
      bigPlanes(
        from: points.big, block, bias: bias, to: output, epilogue: epilogue, on: instructions)
    }
  }

  /// Points of the big planes to those of the small ones, in the place of what stood there.
  func down(
    _ points: WinogradPoints, _ block: Block, weights: UnsafePointer<Float>,
    on instructions: InstructionSet
  ) {
    product(
      points.big, tile: bigTile, point: bigPoint, run: groupChannels, weights: weights,
      to: points.small, outputTile: smallTile, outputPoint: smallPoint,
      panels: layer.small.channels / 32, tiles: tileCount(block), on: instructions)
  }

  /// Points of the small planes to those of the big ones, in the place of what stood there.
  func up(
    _ points: WinogradPoints, _ block: Block, weights: UnsafePointer<Float>,
    on instructions: InstructionSet
  ) {
    product(
      points.small, tile: smallTile, point: smallPoint, run: layer.small.channels,
      weights: weights, to: points.big, outputTile: bigTile, outputPoint: bigPoint,
      panels: groupChannels / 32, tiles: tileCount(block), on: instructions)
  }

  /// `output[p][t][j] = sum over i < run of input[p][t][i] * weights[p][j / 32][i][j % 32]`.
  ///
  /// What stands in tiles beyond the block does not matter.
  private func product(
    _ input: UnsafePointer<Float>, tile inputTile: Int, point inputPoint: Int, run: Int,
    weights: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, outputTile: Int,
    outputPoint: Int, panels: Int, tiles: Int, on instructions: InstructionSet
  ) {
    var product = CTilesPointProduct(
      input: input, inputPoint: inputPoint, inputTile: inputTile, run: run, weights: weights,
      output: output, outputPoint: outputPoint, outputTile: outputTile, points: points,
      tiles: tiles, panels: panels)
    instructions.tiles.pointee.pointProduct(&product)
  }
}
