import JointVAEKernels

/// One weight or bias: its name and shape in checkpoints, and where its numbers stand in the flat buffer.
package struct Parameter: Hashable, Sendable {
  /// The reference's name, such as `img_to_features.0.weight`.
  package let name: String
  /// The reference's shape: convolutions O,I,kH,kW; transposed I,O,kH,kW; dense O,I.
  package let shape: [Int]
  /// The bound of its uniform initial distribution, 1 / sqrt(fan_in).
  package let initialBound: Float
  /// Where its part of the flat buffer starts.
  package let offset: Int
  /// How checkpoint order becomes memory order.
  let order: Order

  enum Order: Hashable, Sendable {
    /// (s, b, ky, kx): a convolution and a transposed convolution alike.
    case convolution(StridedConvolution)
    /// (o, i, ky, kx): a convolution of stride 1.
    case sameConvolution(SameConvolution)
    /// (o, i) of a dense layer; `firstOutput` is where this parameter's outputs start within the layer.
    case dense(DenseLayer, firstOutput: Int, inputs: Axis, outputs: Axis)
    /// A bias; `first` is where it starts within its block.
    case bias(first: Int, Axis)
  }

  /// How an index of a checkpoint maps to ours.
  enum Axis: Hashable, Sendable {
    case same
    /// Channel, y, x in the checkpoint; y, x, channel here.
    case planes(pixels: Int, channels: Int)

    init(_ shape: LayerShape) {
      switch shape {
      case .vector: self = .same
      case .planes(let height, let width, let channels):
        self = .planes(pixels: height * width, channels: channels)
      }
    }

    func index(_ i: Int) -> Int {
      switch self {
      case .same: i
      case .planes(let pixels, let channels): i % pixels * channels + i / pixels
      }
    }
  }

  /// How many numbers it has.
  package var count: Int { shape.reduce(1, *) }

  /// Calls `body` with each number's place in the flat buffer, in checkpoint order.
  package func forEachPlace(_ body: (Int) -> Void) {
    switch order {
    case .convolution(let layer):
      for s in 0..<layer.small.channels {
        for b in 0..<layer.big.channels {
          for k in 0..<16 {
            body(offset + layer.weightIndex(small: s, big: b, ky: k / 4, kx: k % 4))
          }
        }
      }
    case .sameConvolution(let layer):
      for o in 0..<layer.output.channels {
        for i in 0..<layer.input.channels {
          for k in 0..<9 {
            body(offset + layer.weightIndex(output: o, input: i, ky: k / 3, kx: k % 3))
          }
        }
      }
    case .dense(let layer, let firstOutput, let inputs, let outputs):
      for o in 0..<shape[0] {
        for i in 0..<shape[1] {
          body(
            offset
              + layer.weightIndex(output: firstOutput + outputs.index(o), input: inputs.index(i)))
        }
      }
    case .bias(let first, let axis):
      for i in 0..<shape[0] { body(offset + first + axis.index(i)) }
    }
  }
}
