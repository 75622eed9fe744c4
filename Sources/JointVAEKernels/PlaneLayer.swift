/// A layer between planes, as the kernels compute it.
public enum PlaneLayer: Hashable, Sendable {
  /// A convolution of stride 2: from the big plane to the small one.
  case halving(StridedConvolution)
  /// A transposed convolution of stride 2: from the small plane to the big one.
  case doubling(StridedConvolution)
  /// A convolution of stride 1.
  case same(SameConvolution)

  /// The plane it takes.
  public var input: Plane {
    switch self {
    case .halving(let layer): layer.big
    case .doubling(let layer): layer.small
    case .same(let layer): layer.input
    }
  }

  /// The plane it gives.
  public var output: Plane {
    switch self {
    case .halving(let layer): layer.small
    case .doubling(let layer): layer.big
    case .same(let layer): layer.output
    }
  }

  /// Samples that should pass it together, where its weights are large; 1 for all others.
  package var samplesTogether: Int {
    switch self {
    case .halving(let layer), .doubling(let layer):
      ConvolutionMethod.automatic.winograd(of: layer)?.samplesTogether ?? 1
    case .same: 1
    }
  }

  /// How many weights it has, biases left out.
  public var weightCount: Int {
    switch self {
    case .halving(let layer), .doubling(let layer): layer.weightCount
    case .same(let layer): layer.weightCount
    }
  }
}
