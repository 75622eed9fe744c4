import CTiles

extension StridedConvolution {
  /// `output[y, x, s] = bias[s] + sum over ky, kx, b of input[2y + ky - 1, 2x + kx - 1, b] * weights[s, b, ky, kx]`.
  ///
  /// A small pixel reads four runs of 4B neighboring floats, one a row of the filter.
  /// - Parameters:
  ///   - input: the big plane.
  ///   - weights: `[S/32][ky][kx][B][32]`.
  ///   - bias: S floats, or nil for zeros.
  ///   - output: the small plane.
  public func down(
    _ input: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to output: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    let tiles = instructions.tiles
    let mask = epilogue.mask
    var tile = CTilesProduct(
      input0: input, input1: input, inputPixel: 2 * big.channels, inputRow: big.row, rows: 4,
      run: 4 * big.channels, weights: weights, bias: nil, output0: output, output1: output,
      outputPixel: small.channels, mask0: nil, mask1: nil, rectifies: epilogue.rectifies)
    for panel in 0..<small.channels / 32 {
      tile.weights = weights + panel * patch * 32
      tile.bias = bias.map { $0 + panel * 32 }
      forEachTile { y, x, pair in
        let second = pair ?? (y, x)
        tile.input0 = input + big.offset(y: 2 * y - 1, x: 2 * x - 1)
        tile.input1 = input + big.offset(y: 2 * second.y - 1, x: 2 * second.x - 1)
        let place = small.offset(y: y, x: x) + panel * 32
        let secondPlace = small.offset(y: second.y, x: second.x) + panel * 32
        tile.output0 = output + place
        tile.output1 = output + secondPlace
        if let mask {
          tile.mask0 = mask + place
          tile.mask1 = mask + secondPlace
        }
        if pair == nil {
          tiles.pointee.narrowProduct(&tile, 4, 1, 0)
        } else {
          tiles.pointee.product(&tile)
        }
      }
    }
    if mask == nil { small.clear(output, beyondWritten: small.height, tiledColumns) }
  }
}
