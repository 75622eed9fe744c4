import CTiles

extension StridedConvolution {
  /// `output[Y, X, b] = bias[b] + sum over s and all y, x, ky, kx with 2y + ky - 1 = Y and 2x + kx - 1 = X of
  /// input[y, x, s] * weights[s, b, ky, kx]`.
  ///
  /// Each of the four phases, (Y mod 2, X mod 2), sees 2 x 2 small pixels through its own quarter of the filter.
  /// - Parameters:
  ///   - input: the small plane.
  ///   - packed: what `pack` made of the weights.
  ///   - bias: B floats, or nil for zeros.
  ///   - output: the big plane.
  public func up(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to output: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    guard big.channels % 32 == 0 else {
      return upToImage(input, packed: packed, bias: bias, to: output, on: instructions)
    }
    let taps = 4 * small.channels
    let panels = big.channels / 32
    var tile = CTilesProduct(
      input0: input, input1: input, inputPixel: small.channels, inputRow: small.row, rows: 2,
      run: 2 * small.channels, weights: packed, bias: nil, output0: output, output1: output,
      outputPixel: 2 * big.channels, mask0: nil, mask1: nil, rectifies: epilogue.rectifies,
      slope: epilogue.slope)
    for phase in 0..<4 {
      let (py, px) = (phase / 2, phase % 2)
      for panel in 0..<panels {
        tile.weights = packed + (phase * panels + panel) * taps * 32
        tile.bias = bias.map { $0 + panel * 32 }
        small.forEachPairOfFours { first, second in
          func place(_ pixel: Pixel) -> TilePlace {
            TilePlace(
              input: small.offset(y: pixel.y + py - 1, x: pixel.x + px - 1),
              output: big.offset(y: 2 * pixel.y + py, x: 2 * pixel.x + px) + panel * 32)
          }
          tile.compute(
            place(first), second.map(place), from: input, to: output, mask: epilogue.mask,
            on: instructions)
        }
      }
    }
    if !epilogue.writesZerosBeyond {
      big.clear(output, beyondWritten: 2 * small.height, 2 * small.tiledColumns)
    }
  }

  /// `up` to an image: with 1 to 4 channels, dot products over the small channels waste less than tiles would.
  private func upToImage(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to output: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    let dots = instructions.tiles.pointee.dots
    let channels = big.channels
    let dotTiles = DotTiles(small)
    let (groups, width) = (dotTiles.groups, dotTiles.width)
    var tile = CTilesDots(
      input: input, inputPixel: small.channels, inputRow: small.row, inputGroup: small.row,
      run: 2 * small.channels, weights: packed, bias: 0, groups: groups, output: output,
      outputPixel: 2 * channels, outputGroup: 2 * big.row)
    for phase in 0..<4 {
      let (py, px) = (phase / 2, phase % 2)
      for channel in 0..<channels {
        tile.weights = packed + (phase * channels + channel) * 4 * small.channels
        tile.bias = bias.map { $0[channel] } ?? 0
        for y in stride(from: 0, to: small.height, by: groups) {
          for x in stride(from: 0, to: small.width, by: width) {
            tile.input = input + small.offset(y: y + py - 1, x: x + px - 1)
            tile.output = output + big.offset(y: 2 * y + py, x: 2 * x + px) + channel
            dots(&tile)
          }
        }
      }
    }
    big.clear(output, beyondWritten: 2 * dotTiles.rows, 2 * dotTiles.columns)
  }
}

/// How 16 pixels of a small plane are computed together: a part of a row, or parts of 2 or 4 rows of a narrow plane.
struct DotTiles {
  /// Rows of a tile: 1, 2 or 4.
  let groups: Int
  /// Pixels of a row of a tile.
  let width: Int
  /// Rows and columns that the tiles cover.
  let rows: Int
  let columns: Int

  /// The tiles that cover the plane with the fewest pixels; of several, the widest.
  init(_ plane: Plane) {
    func tiles(_ groups: Int) -> (rows: Int, columns: Int) {
      (
        StridedConvolution.roundedUp(plane.height, to: groups),
        StridedConvolution.roundedUp(plane.width, to: 16 / groups)
      )
    }
    var best = (groups: 1, covered: tiles(1))
    for groups in [2, 4] {
      let covered = tiles(groups)
      if covered.rows * covered.columns < best.covered.rows * best.covered.columns {
        best = (groups, covered)
      }
    }
    (groups, width) = (best.groups, 16 / best.groups)
    (rows, columns) = best.covered
  }
}
