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
    filter.weightGradient(
      bigPlanes, smallPlanes, samples: samples, to: gradient, accumulates: accumulates,
      on: instructions)
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
