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
    let product = instructions.tiles.pointee.product
    let mask = epilogue.mask
    let taps = 4 * small.channels
    let panels = big.channels / 32
    var tile = CTilesProduct(
      input0: input, input1: input, inputPixel: small.channels, inputRow: small.row, rows: 2,
      run: 2 * small.channels, weights: packed, bias: nil, output0: output, output1: output,
      outputPixel: 2 * big.channels, mask0: nil, mask1: nil, rectifies: epilogue.rectifies)
    for phase in 0..<4 {
      let (py, px) = (phase / 2, phase % 2)
      for panel in 0..<panels {
        tile.weights = packed + (phase * panels + panel) * taps * 32
        tile.bias = bias.map { $0 + panel * 32 }
        forEachTile { y, x, y2, x2 in
          tile.input0 = input + small.offset(y: y + py - 1, x: x + px - 1)
          tile.input1 = input + small.offset(y: y2 + py - 1, x: x2 + px - 1)
          let first = big.offset(y: 2 * y + py, x: 2 * x + px) + panel * 32
          let second = big.offset(y: 2 * y2 + py, x: 2 * x2 + px) + panel * 32
          tile.output0 = output + first
          tile.output1 = output + second
          if let mask {
            tile.mask0 = mask + first
            tile.mask1 = mask + second
          }
          product(&tile)
        }
      }
    }
  }

  /// `up` to an image: with 1 or 3 channels, dot products over the small channels waste less than tiles would.
  private func upToImage(
    _ input: UnsafePointer<Float>, packed: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to output: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    precondition(small.channels == 32)
    let dots = instructions.tiles.pointee.dots
    let channels = big.channels
    // 16 small pixels a tile: a part of a row, or 2 or 4 rows of a narrow plane.
    let groups = max(1, 16 / small.size)
    let width = min(16, small.size)
    var tile = CTilesDots(
      input: input, inputPixel: 32, inputRow: small.row, inputGroup: small.row, weights: packed,
      bias: 0, groups: groups, output: output, outputPixel: 2 * channels,
      outputGroup: 2 * big.row)
    for phase in 0..<4 {
      let (py, px) = (phase / 2, phase % 2)
      for channel in 0..<channels {
        tile.weights = packed + (phase * channels + channel) * 128
        tile.bias = bias.map { $0[channel] } ?? 0
        for y in stride(from: 0, to: small.size, by: groups) {
          for x in stride(from: 0, to: small.size, by: width) {
            tile.input = input + small.offset(y: y + py - 1, x: x + px - 1)
            tile.output = output + big.offset(y: 2 * y + py, x: 2 * x + px) + channel
            dots(&tile)
          }
        }
      }
    }
  }
}
