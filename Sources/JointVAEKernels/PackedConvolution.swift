/// A layer with the method it is computed by, and the copies of its weights in the order the method
/// reads them.
///
/// Planes of a slice stand one after the other. Every method gives each sample the same bits
/// whatever samples are with it in the slice; a weight gradient's sum depends on the slices.
public struct PackedConvolution: Sendable {
  /// The passes that copies of the weights are kept for.
  public struct Passes: OptionSet, Sendable {
    /// A bit for each pass.
    public let rawValue: Int
    /// The passes whose bits are set.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// From the big plane to the small one.
    public static let down = Passes(rawValue: 1)
    /// From the small plane to the big one.
    public static let up = Passes(rawValue: 2)
  }

  /// What is computed.
  public let layer: StridedConvolution
  /// What `down` and the backward passes take; nil: directly.
  package let winograd: WinogradConvolution?
  /// What `up` takes as a forward pass.
  package let upward: WinogradConvolution?
  /// What Winograd's `down` reads; the direct one reads the weights themselves.
  private let downWeights: FloatBuffer
  /// What the forward pass `up` reads, or the backward pass of a convolution.
  private let upWeights: FloatBuffer

  /// Room for the copies that `passes` read.
  ///
  /// A transposed convolution goes forward by tiles of 2 x 2. Its outputs lead to logits, some of which are a thousand
  /// times as large as their neighbors: the error of a pixel is that of the largest in its tile.
  /// - Parameter isTransposed: whether `up` is the forward pass.
  public init(
    _ layer: StridedConvolution, method: ConvolutionMethod, passes: Passes,
    isTransposed: Bool = false
  ) {
    let winograd = method.winograd(of: layer)
    self.init(
      layer, winograd: winograd,
      upward: isTransposed && winograd != nil ? WinogradConvolution(layer, tile: .two) : winograd,
      passes: passes)
  }

  /// The same, with the transformations themselves; nil computes directly.
  package init(
    _ layer: StridedConvolution, winograd: WinogradConvolution?, upward: WinogradConvolution?,
    passes: Passes
  ) {
    self.layer = layer
    self.winograd = winograd
    self.upward = upward
    upWeights = FloatBuffer(
      count: passes.contains(.up) ? upward?.weightCount ?? layer.weightCount : 0)
    downWeights = FloatBuffer(count: passes.contains(.down) ? winograd?.weightCount ?? 0 : 0)
  }

  /// Whether it is computed with Winograd's transformation.
  public var usesWinograd: Bool { winograd != nil }

  /// Floats that the passes need to work in.
  public var scratchCount: Int { max(winograd?.scratchCount ?? 0, upward?.scratchCount ?? 0) }

  /// Blocks that `pack` can be split into.
  public var packingBlocks: Int {
    guard upWeights.count > 0 || downWeights.count > 0 else { return 0 }
    return winograd?.weightBlocks ?? StridedConvolution.packingBlocks
  }

  /// The weights that `pack` reads for `block`. Blocks share none, and together read all.
  public func runs(ofBlock block: Int) -> [Range<Int>] {
    let length = layer.big.channels * 32
    let positions =
      if winograd != nil {
        // The 2 x 2 taps of a quarter of the filter, for one panel.
        [0, 2, 8, 10].map { block / 4 * 16 + block % 4 / 2 * 4 + block % 2 + $0 }
      } else {
        (0..<layer.small.channels / 32).map { $0 * 16 + block }
      }
    return positions.map { $0 * length..<($0 + 1) * length }
  }

  /// Brings the part of the copies that belongs to `block` up to date with `weights`,
  /// `[S/32][ky][kx][B][32]`.
  public func pack(_ weights: UnsafePointer<Float>, block: Int, on instructions: InstructionSet) {
    if let winograd, downWeights.count > 0 {
      winograd.transformDownWeights(weights, block: block, to: downWeights.start, on: instructions)
    }
    guard upWeights.count > 0 else { return }
    if let upward {
      upward.transformUpWeights(weights, block: block, to: upWeights.start, on: instructions)
    } else {
      layer.pack(weights, block: block, to: upWeights.start, on: instructions)
    }
  }

  /// `StridedConvolution.down` of `samples` big planes.
  /// - Parameters:
  ///   - weights: the weights themselves, which the copies were made of.
  ///   - scratch: `scratchCount` floats.
  public func down(
    _ input: UnsafePointer<Float>, samples: Int, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, to output: UnsafeMutablePointer<Float>, epilogue: Epilogue,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    if let winograd {
      return winograd.down(
        input, samples: samples, weights: downWeights.start, bias: bias, to: output,
        epilogue: epilogue, scratch: scratch, on: instructions)
    }
    for sample in 0..<samples {
      let place = sample * layer.small.count
      layer.down(
        input + sample * layer.big.count, weights: weights, bias: bias, to: output + place,
        epilogue: epilogue.advanced(by: place), on: instructions)
    }
  }

  /// `StridedConvolution.up` of `samples` small planes.
  /// - Parameter scratch: `scratchCount` floats.
  public func up(
    _ input: UnsafePointer<Float>, samples: Int, bias: UnsafePointer<Float>?,
    to output: UnsafeMutablePointer<Float>, epilogue: Epilogue,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    if let upward {
      return upward.up(
        input, samples: samples, weights: upWeights.start, bias: bias, to: output,
        epilogue: epilogue, scratch: scratch, on: instructions)
    }
    for sample in 0..<samples {
      let place = sample * layer.big.count
      layer.up(
        input + sample * layer.small.count, packed: upWeights.start, bias: bias,
        to: output + place, epilogue: epilogue.advanced(by: place), on: instructions)
    }
  }

  /// The backward pass of a convolution, whose input is the big plane.
  ///
  /// - Parameters:
  ///   - input: `samples` big planes. With copies for `up` the gradient by them takes their place,
  ///     masked by them.
  ///   - outputGradient: `samples` small planes.
  ///   - gradient: by the weights, laid out as they are.
  ///   - accumulates: whether it is added to what stands there.
  ///   - slope: what the gradient by the input is multiplied by where the input is not above 0.
  ///   - scratch: `scratchCount` floats.
  public func backwardOfDown(
    _ input: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, samples: Int,
    to gradient: UnsafeMutablePointer<Float>, accumulates: Bool, slope: Float = 0,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    if let winograd {
      return winograd.backwardOfDown(
        input, outputGradient: outputGradient, samples: samples,
        weights: upWeights.count > 0 ? upWeights.start : nil, to: gradient,
        accumulates: accumulates, slope: slope, scratch: scratch, on: instructions)
    }
    layer.weightGradient(
      big: input, small: outputGradient, samples: samples, to: gradient, accumulates: accumulates,
      on: instructions)
    guard upWeights.count > 0 else { return }
    up(
      outputGradient, samples: samples, bias: nil, to: input,
      epilogue: .masked(by: input, slope: slope),
      scratch: scratch, on: instructions)
  }

  /// The backward pass of a transposed convolution, whose input is the small plane.
  ///
  /// - Parameters:
  ///   - input: `samples` small planes. The gradient by them takes their place, masked by them.
  ///   - outputGradient: `samples` big planes.
  ///   - weights: the weights themselves, which the copies were made of.
  ///   - gradient: by the weights, laid out as they are.
  ///   - accumulates: whether it is added to what stands there.
  ///   - slope: what the gradient by the input is multiplied by where the input is not above 0.
  ///   - scratch: `scratchCount` floats.
  public func backwardOfUp(
    _ input: UnsafeMutablePointer<Float>, outputGradient: UnsafePointer<Float>, samples: Int,
    weights: UnsafePointer<Float>, to gradient: UnsafeMutablePointer<Float>, accumulates: Bool,
    slope: Float = 0,
    scratch: UnsafeMutablePointer<Float>, on instructions: InstructionSet
  ) {
    if let winograd {
      return winograd.backwardOfUp(
        input, outputGradient: outputGradient, samples: samples, weights: downWeights.start,
        to: gradient, accumulates: accumulates, slope: slope, scratch: scratch, on: instructions)
    }
    layer.weightGradient(
      big: outputGradient, small: input, samples: samples, to: gradient, accumulates: accumulates,
      on: instructions)
    down(
      outputGradient, samples: samples, weights: weights, bias: nil, to: input,
      epilogue: .masked(by: input, slope: slope), scratch: scratch, on: instructions)
  }
}
