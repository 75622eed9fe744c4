import JointVAE
import JointVAEKernels

/// A network as the engine of the page takes it: a table of layers, and all weights in one row.
///
/// This is the one place that turns a `NetworkDescription` into what `scripts/explorer/Engine.swift` reads.
struct ExplorerNetwork {
  /// A row for each layer: kind, what follows (nothing, ReLU, leaky ReLU), height, width, channels, rows and columns of the input, the same of
  /// the output, and where its weights and its bias start. Of a vector only the channels, its numbers, are not 0.
  let layers: [[Int]]
  /// All weights as the kernels read them.
  let weights: [Float]

  /// - Throws: `ConfigurationError` naming a layer that the engine cannot compute.
  init(_ model: JointVAEModel) throws {
    let layout = NetworkLayout(model.network)
    let packed = Weights(layout, forTraining: false)
    packed.load(Dictionary(model.tensors.map { ($0.name, $0) }) { first, _ in first })
    weights = Array(packed.master.values)

    var planes = zip(
      layout.encoder + layout.decoder, packed.layout.encoder + packed.layout.decoder
    ).makeIterator()
    var dense = packed.layout.dense.makeIterator()
    let features = (layout.encoder.last?.output, layout.decoder.first?.input)
    layers = try model.network.layers.map { layer in
      let kind = Kind(layer.kind)
      switch layer.kind {
      case .convolution, .sameConvolution, .transposedConvolution:
        guard let (kernel, block) = planes.next() else { throw Self.unknown(layer) }
        return try kind.row(layer, Self.row(kernel.input), Self.row(kernel.output), block)
      case .dense, .heads:
        guard let block = dense.next() else { throw Self.unknown(layer) }
        return try kind.row(
          layer, Self.row(layer.input, features.0), Self.row(layer.output, features.1), block)
      }
    }
  }

  /// A layer's number in the table.
  private enum Kind: Int {
    case convolution = 0
    case dense = 1
    case heads = 2
    case transposedConvolution = 3
    case sameConvolution = 4

    init(_ kind: NetworkLayer.Kind) {
      switch kind {
      case .convolution: self = .convolution
      case .dense: self = .dense
      case .heads: self = .heads
      case .transposedConvolution: self = .transposedConvolution
      case .sameConvolution: self = .sameConvolution
      }
    }

    /// - Throws: `ConfigurationError` for an activation that the engine does not have.
    func row(
      _ layer: NetworkLayer, _ input: [Int], _ output: [Int], _ block: ParameterLayout.Block
    ) throws -> [Int] {
      let activation =
        switch layer.activation {
        case .none: 0
        case .rectified: 1
        case .leaky: 2
        case .sigmoid:
          // The page draws images of the logits of the last layer.
          if self == .transposedConvolution { 0 } else { throw ExplorerNetwork.unknown(layer) }
        }
      return [rawValue, activation] + input + output + [block.weights, block.bias]
    }
  }

  private static func unknown(_ layer: NetworkLayer) -> ConfigurationError {
    ConfigurationError(
      "layer", "\(layer.name) (\(layer.kind.rawValue), \(layer.activation.rawValue))",
      expected: "a layer that the page's engine computes")
  }

  private static func row(_ plane: Plane) -> [Int] {
    [plane.height, plane.width, plane.channels, plane.rows, plane.columns]
  }

  private static func row(_ shape: LayerShape, _ plane: Plane?) -> [Int] {
    switch shape {
    case .vector(let count): [0, 0, count, 0, 0]
    case .planes(let height, let width, let channels):
      row(plane ?? Plane(height: height, width: width, channels: channels))
    }
  }
}
