/// A layer of a network: what it computes, between which shapes, and the tensors it has in checkpoints.
public struct NetworkLayer: Hashable, Sendable {
  /// What a layer computes.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// A 4x4 convolution of stride 2 and padding 1, which halves height and width, rounded up.
    ///
    /// An odd height or width has one more row or column of zeros at its end, besides the padding.
    case convolution
    /// A 3x3 convolution of stride 1 and padding 1, which keeps height and width.
    case sameConvolution = "3x3 convolution"
    /// Every output is a weighted sum of all inputs.
    case dense
    /// A dense layer for mean, log variance and the logits of every alpha, one tensor for each.
    case heads
    /// A transposed 4x4 convolution of stride 2 and padding 1, which doubles height and width.
    ///
    /// Where the output has an odd height or width, the last row or column of the double is left out: it is the adjoint
    /// of a convolution of that plane, and gives back its size.
    case transposedConvolution = "transposed convolution"
  }

  /// What happens to every output.
  public enum Activation: String, CaseIterable, Hashable, Sendable {
    /// Nothing.
    case none
    /// Negative values become 0: `max(x, 0)`.
    case rectified = "ReLU"
    /// Negative values are multiplied by 0.2: `max(x, 0.2 x)`.
    case leaky = "leaky ReLU"
    /// `1 / (1 + exp(-x))`. Losses and gradients are computed from the logits before it.
    case sigmoid
  }

  /// What it computes.
  public let kind: Kind
  /// The name of its tensors without `.weight` and `.bias`; of several, separated by commas.
  public let name: String
  /// The shape of one sample's input.
  public let input: LayerShape
  /// The shape of one sample's output.
  public let output: LayerShape
  /// What happens to every output.
  public let activation: Activation
  /// Its weights and biases, in the order of the reference's state dictionary.
  public let tensors: [LayerTensor]

  /// Numbers of all its tensors.
  public var parameterCount: Int { tensors.reduce(0) { $0 + $1.count } }

  /// Multiplications, each with an addition, of one sample's forward pass. Products with the padding are counted.
  public var multiplyAdds: Int {
    switch kind {
    case .convolution: 16 * input.channels * output.count
    case .sameConvolution: 9 * input.channels * output.count
    case .transposedConvolution: 16 * input.count * output.channels
    case .dense, .heads: input.count * output.count
    }
  }
}

/// The shape of one sample between two layers.
public enum LayerShape: Hashable, Sendable, CustomStringConvertible {
  /// Planes of `height` times `width` pixels with `channels` values each.
  case planes(height: Int, width: Int, channels: Int)
  /// A vector of numbers.
  case vector(Int)

  /// Numbers of one sample.
  public var count: Int {
    switch self {
    case .planes(let height, let width, let channels): height * width * channels
    case .vector(let count): count
    }
  }

  /// Values of a pixel; of a vector all its numbers.
  public var channels: Int {
    switch self {
    case .planes(_, _, let channels): channels
    case .vector(let count): count
    }
  }

  /// Such as `16x16x32`, height times width times channels, or `256`.
  public var description: String {
    switch self {
    case .planes(let height, let width, let channels): "\(height)x\(width)x\(channels)"
    case .vector(let count): "\(count)"
    }
  }
}

/// One weight or bias of a layer, as checkpoints hold it.
public struct LayerTensor: Hashable, Sendable {
  /// What a tensor is to its layer.
  public enum Role: Hashable, Sendable {
    /// What the inputs are multiplied by.
    case weight
    /// What is added to the outputs.
    case bias
  }

  /// The reference's name, such as `img_to_features.0.weight`.
  public let name: String
  /// What it is to its layer.
  public let role: Role
  /// The reference's shape: convolutions O,I,4,4 or O,I,3,3; transposed convolutions I,O,4,4; dense layers O,I; biases O.
  public let shape: [Int]
  /// Where its outputs start among those of the layer; only tensors of the heads start elsewhere than at 0.
  public let firstOutput: Int
  /// How many numbers enter one output. Initial weights are uniform within `1 / sqrt(fanIn)`.
  public let fanIn: Int

  /// How many numbers it has.
  public var count: Int { shape.reduce(1, *) }
}
