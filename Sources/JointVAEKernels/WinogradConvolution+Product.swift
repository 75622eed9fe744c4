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
  /// Tiles are taken 8 at a time, or 4 where no more are left. What stands in those beyond the block does not matter.
  private func product(
    _ input: UnsafePointer<Float>, tile inputTile: Int, point inputPoint: Int, run: Int,
    weights: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, outputTile: Int,
    outputPoint: Int, panels: Int, tiles: Int, on instructions: InstructionSet
  ) {
    let kernels = instructions.tiles
    var tile = CTilesProduct(
      input0: input, input1: input, inputPixel: inputTile, inputRow: 0, rows: 1, run: run,
      weights: weights, bias: nil, output0: output, output1: output, outputPixel: outputTile,
      mask0: nil, mask1: nil, rectifies: 0, slope: 0)
    for point in 0..<Self.points {
      if tiles <= 4 {
        tile.weights = weights + point * panels * run * 32
        tile.input0 = input + point * inputPoint
        tile.output0 = output + point * outputPoint
        kernels.pointee.narrowProduct(&tile, tiles, panels, run * 32)
        continue
      }
      for panel in 0..<panels {
        tile.weights = weights + (point * panels + panel) * run * 32
        for first in stride(from: 0, to: tiles, by: 8) {
          tile.input0 = input + point * inputPoint + first * inputTile
          tile.input1 = tile.input0 + 4 * inputTile
          tile.output0 = output + point * outputPoint + first * outputTile + panel * 32
          tile.output1 = tile.output0 + 4 * outputTile
          if tiles - first > 4 {
            kernels.pointee.product(&tile)
          } else {
            kernels.pointee.narrowProduct(&tile, 4, 1, 0)
          }
        }
      }
    }
  }
}
