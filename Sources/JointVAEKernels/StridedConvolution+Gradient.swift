import CTiles

extension StridedConvolution {
  /// `gradient[s, b, ky, kx] (+)= sum over samples, y, x of big[2y + ky - 1, 2x + kx - 1, b] * small[y, x, s]`.
  ///
  /// For a convolution `small` holds the gradient of its output; for a transposed convolution `big` does.
  /// - Parameters:
  ///   - bigPlanes: `samples` big planes, one after the other.
  ///   - smallPlanes: `samples` small planes.
  ///   - gradient: `[S/32][ky][kx][B][32]`.
  ///   - accumulates: whether the sum is added to what stands there.
  public func weightGradient(
    big bigPlanes: UnsafePointer<Float>, small smallPlanes: UnsafePointer<Float>, samples: Int,
    to gradient: UnsafeMutablePointer<Float>, accumulates: Bool, on instructions: InstructionSet
  ) {
    let outer = instructions.tiles.pointee.outerProduct
    // About 256 pixels a call: enough to pay for loading the tile, few enough to stay in the first-level cache.
    let depth = max(1, min(samples, 128 / small.pixelCount))
    let height = min(small.height, max(1, 256 / small.width))
    let run = 4 * big.channels
    var tile = CTilesOuterProduct(
      input0: bigPlanes, input1: bigPlanes, inputPixel: 2 * big.channels, inputRow: 2 * big.row,
      inputPlane: big.count, gradient: smallPlanes, gradientPixel: small.channels,
      gradientRow: small.row, gradientPlane: small.count, width: small.width, height: height,
      depth: depth, output: gradient, accumulates: accumulates ? 1 : 0)
    for sample in stride(from: 0, to: samples, by: depth) {
      tile.depth = min(depth, samples - sample)
      for y in stride(from: 0, to: small.height, by: height) {
        tile.height = min(height, small.height - y)
        let bigStart = bigPlanes + sample * big.count + big.offset(y: 2 * y - 1, x: -1)
        let smallStart = smallPlanes + sample * small.count + small.offset(y: y, x: 0)
        for panel in 0..<small.channels / 32 {
          tile.gradient = smallStart + panel * 32
          for k in stride(from: 0, to: patch, by: 8) {
            tile.input0 = bigStart + k / run * big.row + k % run
            tile.input1 = bigStart + (k + 4) / run * big.row + (k + 4) % run
            tile.output = gradient + (panel * patch + k) * 32
            outer(&tile)
          }
        }
        tile.accumulates = 1
      }
    }
  }
}

extension Plane {
  /// `sums[channel] += sum over pixels of plane[y, x, channel]`: the gradient of a bias.
  public func addChannelSums(
    of plane: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    guard channels % 16 == 0 else { return addImageChannelSums(of: plane, to: sums) }
    for y in 0..<height {
      instructions.tiles.pointee.channelSums(plane + offset(y: y, x: 0), width, channels, sums)
    }
  }

  /// The same for a few channels, whose values alternate in a row.
  private func addImageChannelSums(
    of plane: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
  ) {
    // Whole pixels in whole vectors: as many vectors as channels, or none.
    let vectors = width * channels / (16 * channels) * channels
    for part in 0..<channels {
      var total = SIMD16<Float>()
      for y in 0..<height {
        let row = UnsafeRawPointer(plane + offset(y: y, x: 0))
        for x in stride(from: part, to: vectors, by: channels) {
          total += row.loadUnaligned(fromByteOffset: x * 64, as: SIMD16<Float>.self)
        }
      }
      for lane in 0..<16 { sums[(part * 16 + lane) % channels] += total[lane] }
    }
    for y in 0..<height {
      let row = plane + offset(y: y, x: 0)
      for i in vectors * 16..<width * channels { sums[i % channels] += row[i] }
    }
  }
}
