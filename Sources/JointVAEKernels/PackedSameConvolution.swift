/// A ``SameConvolution`` with the copy of its weights that the input gradient reads.
///
/// Planes of a slice stand one after the other.
public struct PackedSameConvolution: Sendable {
  /// What is computed.
  public let layer: SameConvolution
  private let packed: FloatBuffer

  /// Room for the copy, if `givesInputGradient`.
  public init(_ layer: SameConvolution, givesInputGradient: Bool) {
    self.layer = layer
    packed = FloatBuffer(count: givesInputGradient ? layer.weightCount : 0)
  }

  /// Blocks that `pack` can be split into.
  public var packingBlocks: Int { packed.count > 0 ? SameConvolution.packingBlocks : 0 }

  /// The weights that `pack` reads for `block`. Blocks share none, and together read all.
  public func runs(ofBlock block: Int) -> [Range<Int>] {
    let length = layer.input.channels * 32
    return (0..<layer.output.channels / 32).map {
      ($0 * 9 + block) * length..<($0 * 9 + block + 1) * length
    }
  }

  /// Brings the part of the copy that belongs to `block` up to date with `weights`.
  public func pack(_ weights: UnsafePointer<Float>, block: Int, on instructions: InstructionSet) {
    layer.pack(weights, block: block, to: packed.start, on: instructions)
  }

  /// The outputs of `samples` planes.
  /// - Parameters:
  ///   - input: the planes.
  ///   - samples: how many there are.
  ///   - weights: the weights themselves.
  ///   - bias: of each output channel, or nil for zeros.
  ///   - output: where to write.
  ///   - epilogue: what happens to the output.
  ///   - instructions: the vector instructions to use.
  public func forward(
    _ input: UnsafePointer<Float>, samples: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, to output: UnsafeMutablePointer<Float>, epilogue: Epilogue,
    on instructions: InstructionSet
  ) {
    for sample in 0..<samples {
      let place = sample * layer.output.count
      layer.forward(
        input + sample * layer.input.count, weights: weights, bias: bias, to: output + place,
        epilogue: epilogue.advanced(by: place), on: instructions)
    }
  }

  /// The backward pass: the weight gradient, and the gradient by the input in the input's place.
  /// - Parameters:
  ///   - input: `samples` planes. With a copy of the weights, the gradient by them takes their place, masked by them.
  ///   - outputGradient: by `samples` outputs.
  ///   - samples: how many there are.
  ///   - gradient: by the weights, laid out as they are.
  ///   - accumulates: whether it is added to what stands there.
  ///   - slope: what the gradient by the input is multiplied by where the input is not above 0.
  ///   - instructions: the vector instructions to use.
  public func backward(
    _ input: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, samples: Int,
    to gradient: UnsafeMutablePointer<Float>, accumulates: Bool, slope: Float,
    on instructions: InstructionSet
  ) {
    layer.weightGradient(
      input, outputGradient, samples: samples, to: gradient, accumulates: accumulates,
      on: instructions)
    guard packed.count > 0 else { return }
    for sample in 0..<samples {
      let plane = input + sample * layer.input.count
      layer.inputGradient(
        outputGradient + sample * layer.output.count, packed: packed.start, to: plane,
        epilogue: .masked(by: plane, slope: slope), on: instructions)
    }
  }
}
