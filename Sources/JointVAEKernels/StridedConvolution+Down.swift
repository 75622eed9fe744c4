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
    filter.product(
      input, weights: weights, bias: bias, to: output, epilogue: epilogue, on: instructions)
  }

  /// The filter on its way over the big plane.
  var filter: PlaneFilter { PlaneFilter(input: big, output: small, side: 4, stride: 2) }
}
