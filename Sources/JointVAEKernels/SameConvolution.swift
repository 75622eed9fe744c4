import CTiles

/// A 3x3 convolution of stride 1 and padding 1, whose output has the height and width of its input.
///
/// Shape letters: I channels of the input, O channels of the output, both multiples of 32. Weights stand as
/// `[O/32][ky][kx][I][32]`, what ``forward(_:weights:bias:to:epilogue:on:)`` reads. What
/// ``inputGradient(_:packed:to:epilogue:on:)`` reads is packed from that.
public struct SameConvolution: Hashable, Sendable {
  /// The plane it takes.
  public let input: Plane
  /// The plane it gives.
  public let output: Plane

  /// A convolution between two planes of the same height and width, whose rows have room for whole fours of pixels.
  public init(input: Plane, output: Plane) {
    precondition(input.height == output.height && input.width == output.width)
    precondition(min(input.columns, output.columns) >= input.tiledColumns)
    precondition(input.channels % 32 == 0 && output.channels % 32 == 0)
    self.input = input
    self.output = output
  }

  /// Columns that both planes of a convolution of this width need room for.
  public static func columns(width: Int) -> Int { StridedConvolution.roundedUp(width, to: 4) }

  /// Weights: 3 * 3 * I * O.
  public var weightCount: Int { 9 * input.channels * output.channels }

  /// Where weight (o, i, ky, kx) stands.
  public func weightIndex(output o: Int, input i: Int, ky: Int, kx: Int) -> Int {
    ((o / 32 * 9 + ky * 3 + kx) * input.channels + i) * 32 + o % 32
  }

  /// Multiplications and additions of one direction for one sample.
  public var operationCount: Int { 2 * output.pixelCount * weightCount }

  /// `y[v, u, o] = bias[o] + sum over ky, kx, i of x[v + ky - 1, u + kx - 1, i] * weights[o, i, ky, kx]`.
  /// - Parameters:
  ///   - x: the input.
  ///   - weights: `[O/32][ky][kx][I][32]`.
  ///   - bias: O floats, or nil for zeros.
  ///   - y: the output.
  ///   - epilogue: what happens to the output.
  ///   - instructions: the vector instructions to use.
  public func forward(
    _ x: UnsafePointer<Float>, weights: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
    to y: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    filter.product(x, weights: weights, bias: bias, to: y, epilogue: epilogue, on: instructions)
  }

  /// `gx[v, u, i] = sum over ky, kx, o of gy[v + 1 - ky, u + 1 - kx, o] * weights[o, i, ky, kx]`: a convolution with the
  /// filter turned by half a circle, and inputs and outputs exchanged.
  /// - Parameters:
  ///   - gy: by the output.
  ///   - packed: what `pack` made of the weights.
  ///   - gx: by the input.
  ///   - epilogue: what happens to the gradient.
  ///   - instructions: the vector instructions to use.
  public func inputGradient(
    _ gy: UnsafePointer<Float>, packed: UnsafePointer<Float>,
    to gx: UnsafeMutablePointer<Float>, epilogue: Epilogue, on instructions: InstructionSet
  ) {
    PlaneFilter(input: output, output: input, side: 3, stride: 1).product(
      gy, weights: packed, bias: nil, to: gx, epilogue: epilogue, on: instructions)
  }

  /// `gradient[o, i, ky, kx] (+)= sum over samples, v, u of x[v + ky - 1, u + kx - 1, i] * gy[v, u, o]`.
  /// - Parameters:
  ///   - x: `samples` inputs, one after the other.
  ///   - gy: by `samples` outputs.
  ///   - samples: how many there are.
  ///   - gradient: `[O/32][ky][kx][I][32]`.
  ///   - accumulates: whether the sum is added to what stands there.
  ///   - instructions: the vector instructions to use.
  public func weightGradient(
    _ x: UnsafePointer<Float>, _ gy: UnsafePointer<Float>, samples: Int,
    to gradient: UnsafeMutablePointer<Float>, accumulates: Bool, on instructions: InstructionSet
  ) {
    filter.weightGradient(
      x, gy, samples: samples, to: gradient, accumulates: accumulates, on: instructions)
  }

  /// Blocks that `pack` can be split into: one for each filter tap.
  public static let packingBlocks = 9

  /// Writes the part of the input gradient's weights, `[I/32][2 - ky][2 - kx][O][32]`, that belongs to filter tap `block`.
  /// - Parameters:
  ///   - weights: `[O/32][ky][kx][I][32]`.
  ///   - block: `3 ky + kx`.
  ///   - packed: where to write.
  ///   - instructions: the vector instructions to use.
  public func pack(
    _ weights: UnsafePointer<Float>, block: Int, to packed: UnsafeMutablePointer<Float>,
    on instructions: InstructionSet
  ) {
    let (i, o) = (input.channels, output.channels)
    let transpose = instructions.tiles.pointee.transpose
    for outputPanel in 0..<o / 32 {
      for inputPanel in 0..<i / 32 {
        let source = weights + ((outputPanel * 9 + block) * i + inputPanel * 32) * 32
        let target = packed + ((inputPanel * 9 + 8 - block) * o + outputPanel * 32) * 32
        for row in stride(from: 0, to: 32, by: 16) {
          for column in stride(from: 0, to: 32, by: 16) {
            transpose(source + row * 32 + column, 32, target + column * 32 + row, 32)
          }
        }
      }
    }
  }

  private var filter: PlaneFilter { PlaneFilter(input: input, output: output, side: 3, stride: 1) }
}
