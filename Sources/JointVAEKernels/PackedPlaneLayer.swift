/// A ``PlaneLayer`` with the method it is computed by, and the copies of its weights in the order the method reads them.
public enum PackedPlaneLayer: Sendable {
  /// A convolution of stride 2.
  case halving(PackedConvolution)
  /// A transposed convolution of stride 2.
  case doubling(PackedConvolution)
  /// A convolution of stride 1.
  case same(PackedSameConvolution)

  /// Room for the copies.
  ///
  /// - Parameters:
  ///   - layer: what is computed.
  ///   - method: how convolutions of stride 2 are computed.
  ///   - forTraining: whether there are backward passes.
  ///   - givesInputGradient: whether these compute the gradient by the input.
  public init(
    _ layer: PlaneLayer, method: ConvolutionMethod, forTraining: Bool, givesInputGradient: Bool
  ) {
    let goesBack = forTraining && givesInputGradient
    switch layer {
    case .halving(let layer):
      self = .halving(
        PackedConvolution(layer, method: method, passes: goesBack ? [.down, .up] : .down))
    case .doubling(let layer):
      self = .doubling(
        PackedConvolution(
          layer, method: method, passes: goesBack ? [.down, .up] : .up, isTransposed: true))
    case .same(let layer):
      self = .same(PackedSameConvolution(layer, givesInputGradient: goesBack))
    }
  }

  /// Floats that the passes need to work in.
  public var scratchCount: Int {
    switch self {
    case .halving(let packed), .doubling(let packed): packed.scratchCount
    case .same: 0
    }
  }

  /// How many weights it has, biases left out.
  public var weightCount: Int {
    switch self {
    case .halving(let packed), .doubling(let packed): packed.layer.weightCount
    case .same(let packed): packed.layer.weightCount
    }
  }

  /// Blocks that `pack` can be split into.
  public var packingBlocks: Int {
    switch self {
    case .halving(let packed), .doubling(let packed): packed.packingBlocks
    case .same(let packed): packed.packingBlocks
    }
  }

  /// The weights that `pack` reads for `block`. Blocks share none, and together read all.
  public func runs(ofBlock block: Int) -> [Range<Int>] {
    switch self {
    case .halving(let packed), .doubling(let packed): packed.runs(ofBlock: block)
    case .same(let packed): packed.runs(ofBlock: block)
    }
  }

  /// Brings the part of the copies that belongs to `block` up to date with `weights`.
  public func pack(_ weights: UnsafePointer<Float>, block: Int, on instructions: InstructionSet) {
    switch self {
    case .halving(let packed), .doubling(let packed):
      packed.pack(weights, block: block, on: instructions)
    case .same(let packed): packed.pack(weights, block: block, on: instructions)
    }
  }

  /// The outputs of `samples` planes, which stand one after the other.
  /// - Parameters:
  ///   - input: the planes.
  ///   - samples: how many there are.
  ///   - weights: the weights themselves, which the copies were made of.
  ///   - bias: of each output channel, or nil for zeros.
  ///   - output: where to write.
  ///   - epilogue: what happens to the output.
  ///   - scratch: `scratchCount` floats.
  ///   - instructions: the vector instructions to use.
  public func forward(
    _ input: UnsafePointer<Float>, samples: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, to output: UnsafeMutablePointer<Float>, epilogue: Epilogue,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    switch self {
    case .halving(let packed):
      packed.down(
        input, samples: samples, weights: weights, bias: bias, to: output, epilogue: epilogue,
        scratch: scratch, on: instructions)
    case .doubling(let packed):
      packed.up(
        input, samples: samples, bias: bias, to: output, epilogue: epilogue, scratch: scratch,
        on: instructions)
    case .same(let packed):
      packed.forward(
        input, samples: samples, weights: weights, bias: bias, to: output, epilogue: epilogue,
        on: instructions)
    }
  }

  /// The backward pass: the weight gradient, and the gradient by the input in the input's place.
  /// - Parameters:
  ///   - input: `samples` planes. The gradient by them takes their place, masked by them, where there are copies for it.
  ///   - outputGradient: by `samples` outputs.
  ///   - samples: how many there are.
  ///   - weights: the weights themselves, which the copies were made of.
  ///   - gradient: by the weights, laid out as they are.
  ///   - accumulates: whether it is added to what stands there.
  ///   - slope: what the gradient by the input is multiplied by where the input is not above 0.
  ///   - scratch: `scratchCount` floats.
  ///   - instructions: the vector instructions to use.
  public func backward(
    _ input: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, samples: Int,
    weights: UnsafePointer<Float>, to gradient: UnsafeMutablePointer<Float>, accumulates: Bool,
    slope: Float, scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    switch self {
    case .halving(let packed):
      packed.backwardOfDown(
        input, outputGradient: outputGradient, samples: samples, to: gradient,
        accumulates: accumulates, slope: slope, scratch: scratch, on: instructions)
    case .doubling(let packed):
      packed.backwardOfUp(
        input, outputGradient: outputGradient, samples: samples, weights: weights, to: gradient,
        accumulates: accumulates, slope: slope, scratch: scratch, on: instructions)
    case .same(let packed):
      packed.backward(
        input, outputGradient: outputGradient, samples: samples, to: gradient,
        accumulates: accumulates, slope: slope, on: instructions)
    }
  }
}
